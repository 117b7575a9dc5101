package dev.mcpguard.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds {@code shared/corpora} above the working directory; skips the test loudly when absent. */
final class Corpora {
  private Corpora() {}

  static byte[] read(String name) throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared").resolve("corpora").resolve(name);
      if (Files.isRegularFile(file)) {
        return Files.readAllBytes(file);
      }
    }
    String message = "SKIPPED: no shared/corpora/" + name + " above the working directory";
    System.err.println(message);
    Assumptions.abort(message);
    throw new AssertionError("unreachable");
  }
}
