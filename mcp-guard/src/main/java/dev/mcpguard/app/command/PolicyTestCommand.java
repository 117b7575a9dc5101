package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.TestReport;
import dev.mcpguard.policy.workbench.TestReport.CoveredFile;
import dev.mcpguard.policy.workbench.TestReport.Tested;
import dev.mcpguard.policy.workbench.TestReport.Verdict;
import dev.mcpguard.policy.workbench.TestRun;
import dev.mcpguard.policy.workbench.Workbench;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy test}: the {@code test_*} rules. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the rules named test_* of the policy folder, as `opa test` does.",
      "Exit codes are those of `opa test`: 0 all passed, 2 a test failed, erred or was skipped,",
      "or coverage is below the threshold; 1 the policies cannot be loaded.",
      "Also 2: --run matches no test."
    })
final class PolicyTestCommand implements Callable<Integer> {
  private static final int NOT_LOADED = 1;
  private static final int NOT_PASSED = 2;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = {"-v", "--verbose"}, description = "list every test and what it printed")
  private boolean verbose;

  @Option(
      names = {"-r", "--run"},
      paramLabel = "REGEX",
      description = "only tests whose full name matches, such as data.site.test_x")
  private @Nullable String run;

  @Option(names = "--coverage", description = "show which lines of the policies were reached")
  private boolean coverage;

  @Option(
      names = {"-t", "--threshold"},
      paramLabel = "PERCENT",
      description = "fail if coverage is below; implies --coverage")
  private @Nullable Double threshold;

  @Option(names = "--exit-zero-on-skipped", description = "skipped tests are no failure")
  private boolean zeroOnSkipped;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException {
    Workbench workbench;
    try {
      workbench = Workbench.open(policy.read(), PolicyCompiler.guard().withTests());
    } catch (RefusedPolicyException refused) {
      spec.commandLine().getErr().println(refused.getMessage());
      return NOT_LOADED;
    }
    TestReport report = report(workbench);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(TestDocument.of(report)));
    } else {
      print(report, out);
    }
    out.flush();
    if (run != null && report.tests().isEmpty()) {
      // a misspelt name must not look like tests that passed
      spec.commandLine().getErr().println("--run: no test matches `" + run + "`");
      return NOT_PASSED;
    }
    return good(report) ? ExitCode.OK : NOT_PASSED;
  }

  private TestReport report(Workbench workbench) {
    Moment moment = Moment.of(InstantSource.system().instant());
    try {
      return new TestRun(moment, run, coverage || threshold != null).of(workbench);
    } catch (IllegalArgumentException malformed) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--run: " + malformed.getMessage(), malformed);
    }
  }

  private boolean good(TestReport report) {
    boolean passed =
        zeroOnSkipped
            ? report.count(Verdict.FAIL) + report.count(Verdict.ERROR) == 0
            : report.passed();
    boolean covered =
        threshold == null
            || (report.coverage() != null && report.coverage().percent() >= threshold);
    return passed && covered;
  }

  private void print(TestReport report, PrintWriter out) {
    for (Tested test : report.tests()) {
      if (verbose || test.verdict() != Verdict.PASS) {
        out.printf(
            Locale.ROOT,
            "%s:%d: %s: %s (%.3fms)%s%n",
            test.file(), test.line(), test.name(), test.verdict(), test.took().toNanos() / 1e6,
            test.detail().isEmpty() ? "" : ": " + test.detail());
        test.printed().forEach(line -> out.println("  " + line));
      }
    }
    for (Verdict verdict : Verdict.values()) {
      long count = report.count(verdict);
      if (count > 0) {
        out.printf("%s: %d/%d%n", verdict, count, report.tests().size());
      }
    }
    if (report.tests().isEmpty()) {
      out.println("no tests found");
    }
    printCoverage(report, out);
  }

  private void printCoverage(TestReport report, PrintWriter out) {
    if (report.coverage() == null) {
      return;
    }
    for (CoveredFile file : report.coverage().files()) {
      out.printf(Locale.ROOT, "%6.2f%%  %s", file.percent(), file.file());
      out.println(file.missed().isEmpty() ? "" : "  not reached: " + file.missed());
    }
    out.printf(Locale.ROOT, "%6.2f%%  of all lines%n", report.coverage().percent());
    if (threshold != null && report.coverage().percent() < threshold) {
      out.printf(Locale.ROOT, "coverage is below the threshold of %.2f%%%n", threshold);
    }
  }
}
