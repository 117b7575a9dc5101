package dev.mcpguard.app.wiring;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server of an organisation with an authority of its own: real TLS with a certificate for {@code
 * localhost} that {@code <name>-ca.pem} in the folder signed. Answers every request alike and keeps
 * what it was sent.
 */
final class HttpsStandIn implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Path authority;
  private volatile String answer = "";

  private HttpsStandIn(HttpsServer server, Path authority) {
    this.server = server;
    this.authority = authority;
  }

  static HttpsStandIn start(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(store, "-alias", "ca", "-dname", "CN=authority " + name, "-ext", "bc:c");
    keytool(
        store, "-alias", "server", "-dname", "CN=server " + name, "-signer", "ca", "-ext",
        "SAN=dns:localhost");
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    Path authority = folder.resolve(name + "-ca.pem");
    Files.writeString(authority, pem(keys.getCertificate("ca").getEncoded()));
    keys.deleteEntry("ca");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    HttpsStandIn standIn = new HttpsStandIn(server, authority);
    server.setExecutor(standIn.threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          standIn.paths.add(exchange.getRequestURI().getPath());
          byte[] body = standIn.answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return standIn;
  }

  private static void keytool(Path store, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  private static String pem(byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  HttpsStandIn answering(String body) {
    answer = body;
    return this;
  }

  /** By the name its certificate bears. */
  String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** By an address its certificate does not bear. */
  String addressUrl() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Who signed its certificate, as PEM. */
  Path authority() {
    return authority;
  }

  List<String> paths() {
    return List.copyOf(paths);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
