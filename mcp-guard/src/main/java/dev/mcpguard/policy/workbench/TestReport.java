package dev.mcpguard.policy.workbench;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tests of a policy ended.
 *
 * @param coverage reached lines of the policy, tests left out; null if not asked for
 */
public record TestReport(List<Tested> tests, @Nullable Covered coverage) {
  public TestReport {
    tests = List.copyOf(tests);
  }

  /** As {@code opa test} counts. */
  public enum Verdict {
    PASS,
    FAIL,
    ERROR,
    SKIPPED
  }

  /** One test. {@code printed} is what it printed. */
  public record Tested(
      String name,
      String file,
      int line,
      Verdict verdict,
      String detail,
      List<String> printed,
      Duration took) {
    public Tested {
      printed = List.copyOf(printed);
    }
  }

  /** Share of the lines reached, in percent, over all and by file. */
  public record Covered(double percent, List<CoveredFile> files) {
    public Covered {
      files = List.copyOf(files);
    }
  }

  /** Lines of one file. */
  public record CoveredFile(
      String file, double percent, List<Integer> covered, List<Integer> missed) {
    public CoveredFile {
      covered = List.copyOf(covered);
      missed = List.copyOf(missed);
    }
  }

  /** How many tests ended so. */
  public long count(Verdict verdict) {
    return tests.stream().filter(test -> test.verdict() == verdict).count();
  }

  /** Whether every test passed. A skipped one did not. */
  public boolean passed() {
    return count(Verdict.PASS) == tests.size();
  }
}
