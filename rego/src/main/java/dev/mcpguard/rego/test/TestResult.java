package dev.mcpguard.rego.test;

import dev.mcpguard.rego.syntax.Location;
import java.time.Duration;
import java.util.List;

/** How one {@code test_*} rule ended. {@code printed} is what it printed. */
public record TestResult(
    String name,
    Location location,
    Verdict verdict,
    String detail,
    List<String> printed,
    Duration took) {
  public TestResult {
    printed = List.copyOf(printed);
  }

  /** As {@code opa test} counts; only skipped and passed tests let a run succeed. */
  public enum Verdict {
    PASS,
    FAIL,
    ERROR,
    SKIPPED
  }
}
