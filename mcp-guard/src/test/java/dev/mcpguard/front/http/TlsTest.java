package dev.mcpguard.front.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir private Path folder;

  @Test
  void servesTlsAndReadsTheCertificateAgainWhenItChanges() throws Exception {
    TlsSettings tls = new TlsSettings(folder.resolve("cert.pem"), folder.resolve("key.pem"), null);
    assertThrows(IOException.class, () -> new Running(s -> s.withTls(tls)).close());
    write("CN=first", tls);
    try (Running running = new Running(s -> s.withTls(tls))) {
      assertEquals("CN=first", subject(running));
      Files.writeString(tls.key(), "no key");
      Thread.sleep(1500);
      assertEquals("CN=first", subject(running));
      write("CN=second", tls);
      String seen = "";
      for (int i = 0; i < 50 && !seen.equals("CN=second"); i++) {
        Thread.sleep(100);
        seen = subject(running);
      }
      assertEquals("CN=second", seen);
    }
  }

  /** Makes one good call over TLS and tells whose certificate was shown. */
  private static String subject(Running running) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", running.port)) {
      socket.setSoTimeout(10_000);
      assertEquals(200, new RawHttp(socket).send(Running.call("t", "{}")).read().status());
      X509Certificate shown =
          (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private void write(String name, TlsSettings tls) throws Exception {
    Path store = folder.resolve(name.substring(3) + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", name,
                "-storetype", "PKCS12", "-storepass", "changeit", "-keystore", store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new AssertionError("keytool failed");
    }
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    pem(tls.certificate(), "CERTIFICATE", keys.getCertificate("a").getEncoded());
    pem(tls.key(), "PRIVATE KEY", keys.getKey("a", password).getEncoded());
  }

  private static void pem(Path file, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
