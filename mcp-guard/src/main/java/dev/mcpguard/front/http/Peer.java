package dev.mcpguard.front.http;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param address the address of the socket; forwarding headers are not believed (threat C14)
 * @param thumbprint SHA-256 of the client certificate in base64url (RFC 8705), or null
 */
record Peer(String address, @Nullable String thumbprint) {}
