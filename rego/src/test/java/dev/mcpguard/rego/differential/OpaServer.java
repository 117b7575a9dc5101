package dev.mcpguard.rego.differential;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real OPA, run as a server of its own. */
public final class OpaServer implements AutoCloseable {
  private static final int TRIES = 600;

  private final Process process;
  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OpaServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** The binary of {@code $OPA}, the path, Go's folder or our cache; null if there is none. */
  public static @Nullable Path binary() {
    List<Path> places = new ArrayList<>();
    if (System.getenv("OPA") != null) {
      places.add(Path.of(System.getenv("OPA")));
    }
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      places.add(Path.of(folder, "opa"));
    }
    places.add(Path.of(System.getProperty("user.home"), "go", "bin", "opa"));
    places.add(Path.of(System.getProperty("user.home"), ".cache", "mcp-guard-opa", "opa"));
    return places.stream().filter(OpaServer::comparable).findFirst().orElse(null);
  }

  /** The engine follows OPA 1.14; an older OPA has other answers and lacks template strings. */
  private static boolean comparable(Path binary) {
    if (!Files.isExecutable(binary)) {
      return false;
    }
    try {
      Process version = new ProcessBuilder(binary.toString(), "version").start();
      String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.contains("Version: 1.14");
    } catch (IOException unusable) {
      return false;
    }
  }

  static OpaServer start(Path binary) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                binary.toString(), "run", "--server", "--addr", "127.0.0.1:" + port,
                "--log-level", "error", "--disable-telemetry")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    OpaServer server = new OpaServer(process, "http://127.0.0.1:" + port);
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try {
        if (server.send("GET", "/health", "").statusCode() == 200) {
          return server;
        }
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    server.close();
    throw new IOException("opa does not answer");
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.shutdownNow();
  }
}
