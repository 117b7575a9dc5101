package dev.mcpguard.rego.test;

import dev.mcpguard.rego.CompileResult;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.Rego;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs cases. Stateless. */
public final class CaseRunner {
  private final Instant now;
  private final long seed;

  public CaseRunner(Instant now, long seed) {
    this.now = now;
    this.seed = seed;
  }

  public CaseResult run(PolicyCase policyCase) {
    Rego rego = Rego.create().data(policyCase.data());
    for (int i = 0; i < policyCase.modules().size(); i++) {
      rego.module("test-" + i + ".rego", policyCase.modules().get(i));
    }
    return switch (rego.compile()) {
      case CompileResult.Refused refused ->
          new CaseResult.RefusedAtLoad(policyCase, refused.errors().getFirst().summary());
      case CompileResult.Compiled compiled -> evaluate(policyCase, compiled.policy());
    };
  }

  private CaseResult evaluate(PolicyCase policyCase, CompiledPolicy policy) {
    Value input = policyCase.input();
    if (policyCase.inputTerm() != null) {
      input = term(policyCase.inputTerm());
    }
    Evaluation evaluation =
        Evaluation.of(input, now, seed).withStrictBuiltins(policyCase.strictErrors());
    return switch (policy.query(policyCase.query(), evaluation)) {
      case Outcome.Refused refused ->
          new CaseResult.RefusedAtLoad(policyCase, refused.errors().getFirst().summary());
      case Outcome.Failed failed -> failure(policyCase, failed);
      case Outcome.Rows rows -> compare(policyCase, rows.rows());
      case Outcome.Defined _, Outcome.Undefined _ ->
          throw new IllegalStateException("queries give rows");
    };
  }

  private @Nullable Value term(String text) {
    CompiledPolicy empty = Rego.create().compile().orThrow();
    Outcome outcome = empty.query("x = " + text, Evaluation.of(null, now, seed));
    return outcome instanceof Outcome.Rows(var rows) && rows.size() == 1
        ? rows.getFirst().get("x")
        : null;
  }

  private static CaseResult failure(PolicyCase policyCase, Outcome.Failed failed) {
    if (policyCase.wanted() != null) {
      return new CaseResult.Failed(policyCase, "ended with " + failed);
    }
    String code = policyCase.errorCode();
    return code == null || code.equals(failed.code())
        ? new CaseResult.Passed(policyCase)
        : new CaseResult.Failed(policyCase, "wanted " + code + ", ended with " + failed);
  }

  private static CaseResult compare(PolicyCase policyCase, List<Map<String, Value>> rows) {
    List<Value> actual = new ArrayList<>();
    for (Map<String, Value> row : rows) {
      ObjectValue.Builder shown = ObjectValue.builder();
      row.forEach((name, value) -> {
        if (!policyCase.ignoreGenerated() || !name.startsWith("__")) {
          shown.put(name, json(value));
        }
      });
      actual.add(normal(shown.build(), policyCase.sortBindings()));
    }
    ArrayValue wanted = policyCase.wanted();
    if (wanted == null) {
      return new CaseResult.Failed(
          policyCase, "wanted an error of code " + policyCase.errorCode() + ", got " + actual);
    }
    List<Value> expected = new ArrayList<>();
    wanted.forEach(row -> expected.add(normal(row, policyCase.sortBindings())));
    actual.sort(null);
    expected.sort(null);
    return actual.equals(expected)
        ? new CaseResult.Passed(policyCase)
        : new CaseResult.Failed(policyCase, "wanted " + expected + ", got " + actual);
  }

  /** Sets and keys that are no strings take the form that JSON gives them. */
  private static Value json(Value value) {
    return Values.parseJson(Values.toJson(value));
  }

  private static Value normal(Value value, boolean sort) {
    if (!sort) {
      return value;
    }
    return switch (value) {
      case ArrayValue array -> {
        Value[] items = array.toArray();
        for (int i = 0; i < items.length; i++) {
          items[i] = normal(items[i], true);
        }
        Arrays.sort(items);
        yield ArrayValue.ofOwned(items);
      }
      case ObjectValue object -> {
        ObjectValue.Builder sorted = ObjectValue.builder();
        object.forEach((key, field) -> sorted.put(key, normal(field, true)));
        yield sorted.build();
      }
      default -> value;
    };
  }
}
