package dev.mcpguard.front.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS by PEM files, read again when they change.
 *
 * @param certificate the certificate chain
 * @param key the private key, PKCS #8
 * @param clientAuthorities authorities that client certificates are checked against, or null if none
 *     are asked for; a certificate is optional, tokens bound to one name it
 */
public record TlsSettings(Path certificate, Path key, @Nullable Path clientAuthorities) {}
