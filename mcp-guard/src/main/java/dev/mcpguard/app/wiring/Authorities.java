package dev.mcpguard.app.wiring;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom the guard's own https requests trust: those of a PEM file instead of the JDK's, host names
 * checked as ever. A file that cannot be used is refused before anything is asked. Stateless.
 */
final class Authorities {
  private Authorities() {}

  /** TLS with these authorities alone, or null without a file: the JDK's own are trusted. */
  static @Nullable SSLContext trusting(@Nullable Path file) throws ConfigException {
    if (file == null) {
      return null;
    }
    try {
      Collection<? extends Certificate> certificates = certificates(file);
      if (certificates.isEmpty()) {
        throw refused(file, "holds no certificate");
      }
      return trusting(certificates);
    } catch (IOException | GeneralSecurityException unusable) {
      throw refused(file, "cannot be read as PEM certificates (" + unusable.getMessage() + ")");
    }
  }

  private static SSLContext trusting(Collection<? extends Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(stream);
    }
  }

  private static ConfigException refused(Path file, String problem) {
    return new ConfigException(
        List.of(
            new Finding(
                file.toString(), 0, "authorities", problem,
                "write the certificates of the authorities to trust, as PEM")));
  }
}
