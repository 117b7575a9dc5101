package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.rego.test.CaseResult;
import dev.mcpguard.rego.test.CaseRunner;
import dev.mcpguard.rego.test.PolicyCase;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What running files of cases gave, in the format of OPA's compliance suite (JSON or YAML). */
public record CaseTally(List<Tried> cases) {
  public CaseTally {
    cases = List.copyOf(cases);
  }

  /** How a case ended. */
  public enum Verdict {
    PASSED,
    FAILED,
    REFUSED_AT_LOAD
  }

  /** One case; {@code reason} is empty if it passed. */
  public record Tried(String file, String note, Verdict verdict, String reason) {}

  /** How many cases ended so. */
  public long count(Verdict verdict) {
    return cases.stream().filter(tried -> tried.verdict() == verdict).count();
  }

  /** Runs each case of each file. */
  public static CaseTally of(List<Path> files, Moment moment) throws ConfigException {
    CaseRunner runner = new CaseRunner(moment.now(), moment.seed());
    List<Tried> tried = new ArrayList<>();
    for (Path file : files) {
      for (PolicyCase each : read(file)) {
        tried.add(tried(each.file().isEmpty() ? file.toString() : each.file(), runner.run(each)));
      }
    }
    return new CaseTally(tried);
  }

  private static Tried tried(String file, CaseResult result) {
    String note = result.tried().note();
    return switch (result) {
      case CaseResult.Passed passed -> new Tried(file, note, Verdict.PASSED, "");
      case CaseResult.Failed failed -> new Tried(file, note, Verdict.FAILED, failed.reason());
      case CaseResult.RefusedAtLoad refused ->
          new Tried(file, note, Verdict.REFUSED_AT_LOAD, refused.reason());
    };
  }

  private static List<PolicyCase> read(Path file) throws ConfigException {
    try {
      String text = Files.readString(file);
      Value document =
          file.toString().endsWith(".json")
              ? Values.parseJson(text)
              : Documents.toValue(StrictYaml.parse(text, file.toString()).root());
      List<PolicyCase> cases = PolicyCase.list(document);
      if (cases.isEmpty()) {
        throw unreadable(file, "holds no cases");
      }
      for (PolicyCase each : cases) {
        if (each.query().isBlank()) {
          // it would count as refused at load, and a file of such cases would look green
          throw unreadable(file, "has a case without a query: `" + each.note() + "`");
        }
      }
      return cases;
    } catch (IOException unread) {
      throw unreadable(file, "cannot be read: " + unread.getClass().getSimpleName());
    } catch (JsonFormatException | IllegalArgumentException | ClassCastException malformed) {
      throw unreadable(file, "is no file of cases: " + malformed.getMessage());
    }
  }

  private static ConfigException unreadable(Path file, String problem) {
    return new ConfigException(
        List.of(
            new Finding(
                file.toString(), 0, "", problem,
                "see docs/policy-guide.md for the format of case files")));
  }
}
