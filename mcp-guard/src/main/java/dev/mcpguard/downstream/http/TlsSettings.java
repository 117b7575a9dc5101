package dev.mcpguard.downstream.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a server proves itself and the guard to each other. The host name is always verified.
 *
 * @param authorities PEM file of the only authorities trusted, or null for those of the JDK
 * @param certificate PEM file of the guard's certificate chain, or null if it shows none
 * @param key PEM file (PKCS#8) of its key, or null
 */
public record TlsSettings(
    @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {

  /** The authorities of the JDK and no client certificate. */
  public static TlsSettings standard() {
    return new TlsSettings(null, null, null);
  }

  SslContext context() throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (authorities != null) {
      builder.trustManager(authorities.toFile());
    }
    if (certificate != null && key != null) {
      builder.keyManager(certificate.toFile(), key.toFile());
    }
    return builder.build();
  }
}
