package dev.mcpguard.rego.test;

import com.google.re2j.Pattern;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.builtins.BuiltinContext.Notes;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.check.RuleKind;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.test.TestResult.Verdict;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules of a policy whose names start with {@code test_}; those that start with {@code
 * todo_test_} are skipped. A test passes when its rule is defined and not false; a rule with keys
 * is a table of tests that must all be true.
 */
public final class PolicyTester {
  private final CompiledPolicy policy;
  private final Evaluation evaluation;
  private @Nullable Pattern run;

  /** Each test is evaluated with these parameters, its prints collected apart. */
  public PolicyTester(CompiledPolicy policy, Evaluation evaluation) {
    this.policy = policy;
    this.evaluation = evaluation;
  }

  /** Runs only tests whose full name has a match. */
  public PolicyTester only(String regex) {
    run = Pattern.compile(regex);
    return this;
  }

  public List<TestResult> run() {
    List<TestResult> results = new ArrayList<>();
    List<RuleGroup> groups = new ArrayList<>(policy.modules().groups());
    groups.sort(Comparator.comparing(RuleGroup::name));
    for (RuleGroup group : groups) {
      String name = lastName(group);
      boolean todo = name.startsWith("todo_test_");
      boolean test = todo || name.startsWith("test_");
      if (test && group.kind() != RuleKind.FUNCTION && !group.rules().isEmpty() && wanted(group)) {
        results.add(todo ? skipped(group) : run(group));
      }
    }
    return results;
  }

  /** True when the exit code of a run must be zero. */
  public static boolean succeeded(List<TestResult> results) {
    return results.stream()
        .allMatch(r -> r.verdict() == Verdict.PASS || r.verdict() == Verdict.SKIPPED);
  }

  private boolean wanted(RuleGroup group) {
    return run == null || run.matcher(group.name()).find();
  }

  private static String lastName(RuleGroup group) {
    return group.path().getLast() instanceof StringValue text ? text.text() : "";
  }

  private static TestResult skipped(RuleGroup group) {
    return new TestResult(
        group.name(), at(group), Verdict.SKIPPED, "marked as to do", List.of(), Duration.ZERO);
  }

  private static Location at(RuleGroup group) {
    return group.rules().getFirst().location();
  }

  private TestResult run(RuleGroup group) {
    List<String> printed = new ArrayList<>();
    Notes notes =
        new Notes() {
          @Override
          public void print(String message) {
            printed.add(message);
          }

          @Override
          public void trace(String note) {
            printed.add(note);
          }
        };
    long start = System.nanoTime();
    Outcome outcome =
        policy.entryPoint(group.name()).evaluate(evaluation.withNotes(notes));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return switch (outcome) {
      case Outcome.Defined(Value value) -> {
        String failed = failed(value, group.kind() == RuleKind.OBJECT, "");
        yield new TestResult(
            group.name(), at(group), failed == null ? Verdict.PASS : Verdict.FAIL,
            failed == null ? "" : failed, printed, took);
      }
      case Outcome.Undefined _ ->
          new TestResult(group.name(), at(group), Verdict.FAIL, "undefined", printed, took);
      case Outcome.Failed failure ->
          new TestResult(
              group.name(), at(group), Verdict.ERROR, failure.toString(), printed, took);
      case Outcome.Rows _, Outcome.Refused _ ->
          throw new IllegalStateException("entry points give values");
    };
  }

  /** The keys under which a table is false, or null when all is true. */
  private static @Nullable String failed(Value value, boolean table, String path) {
    if (table && value instanceof ObjectValue object) {
      List<String> failures = new ArrayList<>();
      object.forEach((key, below) -> {
        String failure = failed(below, true, path + "[" + key + "]");
        if (failure != null) {
          failures.add(failure);
        }
      });
      return failures.isEmpty() ? null : String.join(", ", failures);
    }
    return value == BooleanValue.FALSE ? path + " is false" : null;
  }
}
