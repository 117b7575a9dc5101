package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the processes started by one {@link RecordingStdioServer#command} got so far. Reads the
 * files each time.
 */
record StdioRecord(Path file) {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** One line for each process: its id, arguments and environment. */
  List<String> starts() throws IOException {
    Path starts = Path.of(file + ".starts");
    return Files.exists(starts) ? Files.readAllLines(starts) : List.of();
  }

  byte[] received() throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** The lines that were JSON. */
  List<Json> messages() throws IOException {
    return new String(received(), java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Json::read)
        .toList();
  }

  List<Json> calls() throws IOException {
    return messages().stream()
        .filter(message -> message.textAt("method").filter("tools/call"::equals).isPresent())
        .toList();
  }

  /** Waits until {@code count} calls have arrived; fails after ten seconds. */
  List<Json> awaitCalls(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (calls().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(count + " calls expected, got " + messages());
      }
      Thread.sleep(20);
    }
    return calls();
  }

  /**
   * The verdict "refused": not one call, and not a byte of {@code marker} in anything that arrived.
   */
  void assertNothingOf(String marker) throws IOException {
    if (!calls().isEmpty() || Bytes.indexOf(received(), Bytes.of(marker), 0) >= 0) {
      throw new AssertionError("a refused call reached the server: " + messages());
    }
  }
}
