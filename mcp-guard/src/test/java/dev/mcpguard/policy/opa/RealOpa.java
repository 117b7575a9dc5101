package dev.mcpguard.policy.opa;

import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.workbench.PolicyBundle;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real OPA server of its own, deciding by a bundle of the given files. */
public final class RealOpa implements AutoCloseable {
  private static final int TRIES = 600;

  private final Process process;
  private final URI url;

  private RealOpa(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** The {@code opa} of {@code $OPA}, the path, Go's folder or our cache; aborts the test loudly without one. */
  public static Path binary() {
    List<Path> places = new ArrayList<>();
    if (System.getenv("OPA") != null) {
      places.add(Path.of(System.getenv("OPA")));
    }
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      places.add(Path.of(folder, "opa"));
    }
    places.add(Path.of(System.getProperty("user.home"), "go", "bin", "opa"));
    places.add(Path.of(System.getProperty("user.home"), ".cache", "mcp-guard-opa", "opa"));
    for (Path place : places) {
      if (Files.isExecutable(place)) {
        return place;
      }
    }
    String message = "SKIPPED: no `opa` in $OPA, $PATH, ~/go/bin or ~/.cache/mcp-guard-opa: nothing is compared with OPA";
    System.err.println(message);
    return Assumptions.abort(message);
  }

  /** Starts a server over a bundle of the files. */
  public static RealOpa over(PolicyFiles files, Path folder) throws Exception {
    return over(PolicyBundle.plain(files).archive(files), folder);
  }

  /** Starts a server over a bundle. */
  public static RealOpa over(byte[] archive, Path folder) throws Exception {
    Path bundle = folder.resolve("bundle.tar.gz");
    Files.write(bundle, archive);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                binary().toString(), "run", "--server", "--addr", "127.0.0.1:" + port,
                "--log-level", "error", "--disable-telemetry", "-b", bundle.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("opa.log").toFile())
            .start();
    RealOpa opa = new RealOpa(process, URI.create("http://127.0.0.1:" + port));
    opa.await(port);
    return opa;
  }

  private void await(int port) throws Exception {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    close();
    throw new IOException("opa does not answer");
  }

  /** Settings for a client of this server. */
  public OpaSettings settings() {
    return new OpaSettings(url, Duration.ofSeconds(30), () -> "");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
