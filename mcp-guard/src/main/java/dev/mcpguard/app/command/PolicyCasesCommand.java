package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.workbench.CaseTally;
import dev.mcpguard.policy.workbench.CaseTally.Tried;
import dev.mcpguard.policy.workbench.CaseTally.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy cases}: regression tables of queries. */
@Command(
    name = "cases",
    mixinStandardHelpOptions = true,
    description = {
      "Runs files of cases in the format of OPA's compliance suite, JSON or YAML:",
      "note, query, modules, data, input, want_result or want_error.",
      "Exit code 1 if any answer is wrong. Cases whose policies are refused at load are listed."
    })
final class PolicyCasesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of cases")
  private List<Path> files = List.of();

  @Option(names = {"-v", "--verbose"}, description = "list passed cases too")
  private boolean verbose;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException {
    CaseTally tally = CaseTally.of(files, Moment.of(InstantSource.system().instant()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(tally)));
    } else {
      print(tally, out);
    }
    out.flush();
    return tally.count(Verdict.FAILED) == 0 ? ExitCode.OK : ExitCode.FOUND;
  }

  private void print(CaseTally tally, PrintWriter out) {
    for (Tried tried : tally.cases()) {
      if (verbose || tried.verdict() != Verdict.PASSED) {
        out.printf(
            "%s: %s: %s%s%n",
            text(tried.verdict()), tried.file(), tried.note(),
            tried.reason().isEmpty() ? "" : ": " + tried.reason());
      }
    }
    out.printf(
        "%d passed, %d failed, %d refused at load%n",
        tally.count(Verdict.PASSED), tally.count(Verdict.FAILED),
        tally.count(Verdict.REFUSED_AT_LOAD));
  }

  private static String text(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static JsonObject document(CaseTally tally) {
    List<JsonValue> cases = new ArrayList<>();
    for (Tried tried : tally.cases()) {
      cases.add(
          JsonObject.builder()
              .put("file", tried.file())
              .put("note", tried.note())
              .put("verdict", text(tried.verdict()))
              .put("reason", tried.reason())
              .build());
    }
    return JsonObject.builder()
        .put("passed", tally.count(Verdict.PASSED))
        .put("failed", tally.count(Verdict.FAILED))
        .put("refused_at_load", tally.count(Verdict.REFUSED_AT_LOAD))
        .put("cases", new JsonArray(cases))
        .build();
  }
}
