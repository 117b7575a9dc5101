package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private static ProgressBar bar(long expected) {
    return new ProgressBar("one", expected, new PrintWriter(new StringWriter()));
  }

  @Test
  void barFillsWithWhatIsDoneAndNeverOverflows() {
    assertEquals("one [" + "-".repeat(30) + "]   0 % 0 records", bar(1_000_000).line(0));
    assertTrue(bar(1_000_000).line(500_000).startsWith("one [###############---------------]  50 %"));
    assertTrue(bar(1_000_000).line(2_000_000).contains("100 % 2,000,000 records"));
    assertTrue(bar(0).line(7).contains("100 %"));
  }
}
