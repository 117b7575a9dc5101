package dev.mcpguard.policy.workbench;

import com.google.re2j.PatternSyntaxException;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.workbench.TestReport.Covered;
import dev.mcpguard.policy.workbench.TestReport.CoveredFile;
import dev.mcpguard.policy.workbench.TestReport.Tested;
import dev.mcpguard.policy.workbench.TestReport.Verdict;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.test.Coverage;
import dev.mcpguard.rego.test.PolicyTester;
import dev.mcpguard.rego.test.TestResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code test_*} rules.
 *
 * @param moment clock and seed of every test
 * @param only a regular expression that full test names must match somewhere; null for all
 * @param coverage whether to collect which lines were reached
 */
public record TestRun(Moment moment, @Nullable String only, boolean coverage) {

  /**
   * Runs the tests of a workbench that was opened with them.
   *
   * @throws IllegalArgumentException if {@code only} is no regular expression
   */
  public TestReport of(Workbench workbench) {
    Coverage reached = coverage ? new Coverage(workbench.policy().modules()) : null;
    Evaluation evaluation =
        Evaluation.of(null, moment.now(), moment.seed()).withTracer(reached);
    PolicyTester tester = new PolicyTester(workbench.policy(), evaluation);
    try {
      List<TestResult> results = (only == null ? tester : tester.only(only)).run();
      return new TestReport(
          results.stream().map(TestRun::tested).toList(),
          reached == null ? null : covered(reached));
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  private static Tested tested(TestResult result) {
    Verdict verdict =
        switch (result.verdict()) {
          case PASS -> Verdict.PASS;
          case FAIL -> Verdict.FAIL;
          case ERROR -> Verdict.ERROR;
          case SKIPPED -> Verdict.SKIPPED;
        };
    return new Tested(
        result.name(),
        result.location().source().name(),
        result.location().line(),
        verdict,
        result.detail(),
        result.printed(),
        result.took());
  }

  private static Covered covered(Coverage reached) {
    List<CoveredFile> files = new ArrayList<>();
    int covered = 0;
    int all = 0;
    for (var file : reached.files().entrySet()) {
      if (file.getKey().endsWith("_test.rego")) {
        continue;
      }
      Coverage.FileCoverage lines = file.getValue();
      covered += lines.covered().size();
      all += lines.covered().size() + lines.missed().size();
      files.add(
          new CoveredFile(
              file.getKey(),
              lines.percent(),
              List.copyOf(lines.covered()),
              List.copyOf(lines.missed())));
    }
    return new Covered(all == 0 ? 100 : 100.0 * covered / all, files);
  }
}
