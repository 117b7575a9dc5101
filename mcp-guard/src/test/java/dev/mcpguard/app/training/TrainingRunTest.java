package dev.mcpguard.app.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
  @Test
  void everyCallOfBothErasIsAnsweredByItsResult() throws Exception {
    assertEquals(16, TrainingRun.run(Path.of("..", "policies"), 8));
  }
}
