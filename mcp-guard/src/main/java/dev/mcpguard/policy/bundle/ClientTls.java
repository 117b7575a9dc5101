package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.rego.builtins.BuiltinError;
import dev.mcpguard.rego.builtins.PemKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** PEM files to the JDK's TLS. */
final class ClientTls {
  private ClientTls() {}

  /** The context, or null where the JDK's own will do. */
  static @Nullable SSLContext context(BundleOrigin.Tls tls) throws ConfigException {
    if (tls.authorities() == null && tls.certificate() == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trust(tls.authorities()), null);
      return context;
    } catch (IOException | GeneralSecurityException | BuiltinError unusable) {
      throw BundleLoader.refused(
          "policy.bundle.tls", "cannot be used: " + unusable.getMessage());
    }
  }

  private static KeyManager @Nullable [] keys(BundleOrigin.Tls tls)
      throws IOException, GeneralSecurityException {
    if (tls.certificate() == null || tls.key() == null) {
      return null;
    }
    PrivateKey key = PemKeys.privateKey(Files.readString(tls.key()));
    KeyStore store = empty();
    store.setKeyEntry(
        "guard", key, new char[0], certificates(tls.certificate()).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(@Nullable Path authorities)
      throws IOException, GeneralSecurityException {
    if (authorities == null) {
      return null;
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(authorities)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(stream);
    }
  }
}
