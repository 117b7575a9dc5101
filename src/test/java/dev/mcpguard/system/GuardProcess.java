package dev.mcpguard.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guard as a process of its own, {@code mcp-guard serve}, that can be killed. */
final class GuardProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final Path said;

  private GuardProcess(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /** Starts it on the class path of the tests and does not wait. */
  static GuardProcess spawn(GuardHome home) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx144m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.mcpguard.app.Main",
            "serve",
            "--config",
            home.file("mcp-guard.yaml").toString()));
    Path said = home.file("said");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
            .start();
    return new GuardProcess(process, said);
  }

  /** Waits until it answers {@code /healthz}. */
  GuardProcess awaitServing(int port) throws IOException, InterruptedException {
    byte[] health = Bytes.of("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try {
        if (RawHttp.exchange(port, health).status() == 200) {
          return this;
        }
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("the guard did not start: " + said());
        }
      }
      Thread.sleep(20);
    }
  }

  /** SIGTERM: it may end as it likes; answers its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the guard does not end: " + said());
    }
    return process.exitValue();
  }

  /** Asks it to end and does not wait. */
  void askToEnd() {
    process.destroy();
  }

  /** SIGKILL: it gets no chance to do anything. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the guard cannot be killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything any guard of this home ever printed. */
  String said() {
    try {
      return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
