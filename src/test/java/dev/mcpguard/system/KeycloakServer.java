package dev.mcpguard.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Keycloak on loopback with the realm {@code src/test/keycloak/guard-realm.json}, in memory.
 * It comes from {@code src/test/keycloak/setup}; without it the calling test is skipped, loudly.
 */
final class KeycloakServer implements AutoCloseable {
  private static final String VERSION = "26.7.3";
  private static final long LONGEST_START_SECONDS = 240;

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private KeycloakServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  private static Path installed() {
    String named = System.getenv("MCPGUARD_KEYCLOAK");
    Path cache =
        named == null
            ? Path.of(System.getProperty("user.home"), ".cache/mcp-guard-keycloak")
            : Path.of(named);
    return cache.resolve("keycloak-" + VERSION);
  }

  /** Skips the calling test, saying why, where Keycloak is not installed; installs nothing. */
  static void assumeReady() {
    boolean ready = Files.isRegularFile(installed().resolve("built"));
    String why = "no Keycloak in `" + installed() + "`: run `src/test/keycloak/setup`";
    if (!ready) {
      System.err.println("SKIPPED, no real issuer: " + why);
    }
    Assumptions.assumeTrue(ready, why);
  }

  /** Starts it in {@code folder}; tokens of its clients are for {@code resource}. */
  static KeycloakServer start(Path folder, String resource) throws Exception {
    Path home = lodging(folder);
    Path realms = Files.createDirectories(home.resolve("data/import"));
    String realm =
        Files.readString(GuardHome.repository().resolve("src/test/keycloak/guard-realm.json"));
    Files.writeString(realms.resolve("guard-realm.json"), realm.replace("@resource@", resource));
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            home.resolve("bin/kc.sh").toString(),
            "start",
            "--optimized",
            "--import-realm",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://127.0.0.1:" + port,
            "--cache=local");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Path said = folder.resolve("keycloak.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    KeycloakServer server = new KeycloakServer(process, port);
    try {
      server.awaitReady(said);
      return server;
    } catch (Exception | Error failed) {
      server.close();
      throw failed;
    }
  }

  /** A home of its own for this run that shares the big folders of the installed one. */
  private static Path lodging(Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve("keycloak"));
    GuardHome.copyFolder(installed().resolve("bin"), home.resolve("bin"));
    GuardHome.copyFolder(installed().resolve("conf"), home.resolve("conf"));
    for (String shared : List.of("lib", "providers", "themes")) {
      Files.createSymbolicLink(home.resolve(shared), installed().resolve(shared));
    }
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private void awaitReady(Path said) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (true) {
      try {
        if (get("/.well-known/openid-configuration").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("Keycloak did not start: " + Files.readString(said));
        }
      }
      Thread.sleep(200);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(issuer() + path)).GET().build(),
        HttpResponse.BodyHandlers.ofString());
  }

  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/guard";
  }

  String keys() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  String tokenEndpoint() {
    return issuer() + "/protocol/openid-connect/token";
  }

  /** A client-credentials token; {@code headers} are names and values in turn. */
  String token(String name, String secret, String... headers) throws Exception {
    String form = "grant_type=client_credentials";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(tokenEndpoint()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", basic(name, secret))
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return Json.read(answer.body())
        .textAt("access_token")
        .orElseThrow(() -> new AssertionError("Keycloak refuses a token: " + answer.body()));
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
    client.close();
  }
}
