package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A guard whose admin API is on, started anew for each story. */
abstract class AdminStory {
  protected AdminConsole console;
  protected GuardFixture guard;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    console = AdminConsole.start(folder);
    guard = console.guard();
  }

  @AfterEach
  void stop() throws IOException {
    console.close();
  }
}
