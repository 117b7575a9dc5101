package dev.mcpguard.front.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Self-signed certificates as PEM, made by the JDK's keytool. */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Certificates() {}

  /** Writes {@code name.pem} and {@code name-key.pem}, valid until so many days from now. */
  public static void write(Path folder, String name, int days) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Files.deleteIfExists(store);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
            "-alias", "guard", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
            "-ext", "SAN=ip:127.0.0.1,dns:localhost", "-startdate", (days - 30) + "d", "-validity",
            "30", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
            new String(PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    pem(folder.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("guard").getEncoded());
    pem(
        folder.resolve(name + "-key.pem"), "PRIVATE KEY",
        keys.getKey("guard", PASSWORD).getEncoded());
  }

  private static void pem(Path file, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
