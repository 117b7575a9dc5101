package dev.mcpguard.rego.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.CompileResult;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.EntryPoint;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.Rego;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/**
 * Random policies, data and inputs, decided by the engine and by a real OPA. The semantics are those of
 * OPA 1.14: {@code GOBIN=... go install github.com/open-policy-agent/opa@v1.14.0} and name the binary
 * in {@code $OPA}. {@code -Ddifferential.seed} gives other modules than the fixed ones of an ordinary build (a number, or
 * {@code random}); {@code -Ddifferential.evaluations} sets its length.
 */
class DifferentialTest {
  private static final int INPUTS = 12;
  private static final int MOST_PANICS = 50;
  private static final int MOST_DIFFERENCES = 20;
  private static final String BASE =
      "{\"n\":7,\"s\":\"base\",\"a\":[3,1,\"x\",null,[1]],\"o\":{\"a\":1,\"b\":\"two\",\"n\":-4}}";
  private static final String ENTRY = "data.fuzz";

  /** OPA does not resolve all names within template strings and then misses a rule or a declared variable. */
  private static final Pattern UNRESOLVED = Pattern.compile("var r\\d+ is unsafe|var \\w+ is undeclared");

  private final List<String> differences = new ArrayList<>();
  private int evaluations;
  private int refusedByBoth;
  private int refusedByOpaAlone;
  private int ofForm;
  private int noJson;
  private int unresolved;
  private int panics;

  @Test
  void engineAndOpaAgree() throws Exception {
    Path binary = OpaServer.binary();
    if (binary == null) {
      String message = "SKIPPED: no OPA 1.14 in $OPA, $PATH or ~/go/bin: nothing is compared with OPA";
      System.err.println(message);
      Assumptions.abort(message);
      return;
    }
    long seed = seed();
    int wanted = Integer.getInteger("differential.evaluations", 10_000);
    System.out.println("differential test: -Ddifferential.seed=" + seed + ", " + binary);
    long next = seed;
    while (evaluations < wanted && differences.size() < MOST_DIFFERENCES) {
      // INVARIANT: an OPA that broke off keeps a transaction open and answers no more.
      try (OpaServer opa = OpaServer.start(binary)) {
        assertEquals(204, opa.send("PUT", "/v1/data/base", BASE).statusCode());
        int before = panics;
        while (evaluations < wanted && panics == before && differences.size() < MOST_DIFFERENCES) {
          compare(new PolicyGenerator(next, Form.DRAWN), next, opa);
          next++;
        }
      }
    }
    System.out.println(
        "differential test: " + evaluations + " evaluations, " + differences.size()
            + " differences; modules refused by both " + refusedByBoth + ", by OPA's type checker alone "
            + refusedByOpaAlone + ", on which OPA broke off " + panics
            + "; inputs to which OPA answers by the form of the module " + ofForm
            + ", with no JSON " + noJson + "; modules with names in templates OPA does not resolve " + unresolved);
    assertTrue(differences.isEmpty(), () -> String.join("\n\n", differences));
  }

  private static long seed() {
    String given = System.getProperty("differential.seed", "1000");
    return given.equals("random") ? new Random().nextInt(1_000_000_000) : Long.parseLong(given);
  }

  private void compare(PolicyGenerator generator, long seed, OpaServer opa) throws Exception {
    String module = generator.module();
    CompileResult ours =
        Rego.create().module("fuzz.rego", module).data(data()).compile();
    HttpResponse<String> theirs = load(module, opa);
    if (theirs == null) {
      return;
    }
    boolean accepted = theirs.statusCode() == 200;
    switch (ours) {
      case CompileResult.Refused refused when accepted -> {
        if (inAnotherForm(seed, module, opa, loaded -> loaded.statusCode() != 200)) {
          ofForm++;
        } else {
          differ(seed, module, "refused here: " + refused.render());
        }
      }
      case CompileResult.Refused refused -> refusedByBoth++;
      case CompileResult.Compiled compiled when accepted ->
          evaluate(compiled.policy(), generator, seed, module, opa);
      case CompileResult.Compiled compiled -> {
        refusedByOpaAlone++;
        if (UNRESOLVED.matcher(theirs.body()).find()) {
          unresolved++;
        } else if (theirs.body().contains("rego_unsafe_var_error")
            && inAnotherForm(seed, module, opa, loaded -> !loaded.body().contains("rego_unsafe_var_error"))) {
          ofForm++;
        } else if (!theirs.body().contains("rego_type_error")) {
          differ(seed, module, "refused by OPA: " + theirs.body());
        }
      }
    }
  }

  /** What OPA says to a module; null if it breaks off, as its compiler panics on some. */
  private @Nullable HttpResponse<String> load(String module, OpaServer opa)
      throws InterruptedException {
    try {
      return opa.send("PUT", "/v1/policies/fuzz", module);
    } catch (IOException brokeOff) {
      if (++panics > MOST_PANICS) {
        throw new IllegalStateException("opa breaks off too often", brokeOff);
      }
      return null;
    }
  }

  private static Value data() {
    return ObjectValue.of("base", Values.parseJson(BASE));
  }

  private void evaluate(
      CompiledPolicy policy, PolicyGenerator generator, long seed, String module, OpaServer opa)
      throws Exception {
    EntryPoint entry = policy.entryPoint(ENTRY);
    for (int i = 0; i < INPUTS; i++) {
      String input = generator.input();
      HttpResponse<String> answer =
          opa.send("POST", "/v1/data/fuzz", "{\"input\":" + input + "}");
      Outcome outcome =
          entry.evaluate(Evaluation.of(Values.parseJson(input), Instant.EPOCH, 1));
      evaluations++;
      String problem = difference(outcome, answer);
      if (problem != null && agreesInAnotherForm(outcome, seed, module, input, opa)) {
        ofForm++;
      } else if (problem != null) {
        differ(seed, module + "\n# input " + input, problem);
        return;
      }
    }
  }

  /**
   * The order of literals and the way a set came about mean nothing in Rego, but OPA can take a call before the
   * literal that binds its variable, and fail, and goes through some sets by the names of hidden variables. What is
   * asked of the engine then is what OPA says of the same module in a form in which it cannot do so.
   */
  private boolean agreesInAnotherForm(
      Outcome outcome, long seed, String module, String input, OpaServer opa) throws Exception {
    String question = "{\"input\":" + input + "}";
    return inAnotherForm(
        seed, module, opa,
        loaded -> loaded.statusCode() == 200
            && difference(outcome, opa.send("POST", "/v1/data/fuzz", question)) == null);
  }

  /** Whether in one of the other forms of a module, once OPA has read it, this is true. */
  private boolean inAnotherForm(long seed, String module, OpaServer opa, Check check) throws Exception {
    boolean found = false;
    for (Form form : EnumSet.complementOf(EnumSet.of(Form.DRAWN))) {
      String rewritten = new PolicyGenerator(seed, form).module();
      HttpResponse<String> loaded = rewritten.equals(module) ? null : load(rewritten, opa);
      if (loaded != null && check.holds(loaded)) {
        found = true;
        break;
      }
    }
    load(module, opa);
    return found;
  }

  /** What is asked of OPA's answer to a module. */
  private interface Check {
    boolean holds(HttpResponse<String> loaded) throws Exception;
  }

  private @Nullable String difference(Outcome outcome, HttpResponse<String> answer) {
    ObjectValue body;
    try {
      body = (ObjectValue) Values.parseJson(answer.body());
    } catch (JsonFormatException wroteNoJson) {
      noJson++;
      return null;
    }
    if (answer.body().contains("json: invalid number literal")) {
      noJson++;
      return null;
    }
    boolean failed = answer.statusCode() != 200;
    return switch (outcome) {
      case Outcome.Failed failure when failed -> null;
      case Outcome.Defined(Value value) when !failed -> {
        Value ours = Values.parseJson(Values.toJson(value));
        Value theirs = body.get("result");
        yield ours.equals(theirs) ? null : "here " + ours + "\nOPA  " + theirs;
      }
      case Outcome.Undefined undefined when !failed && body.get("result") == null -> null;
      default -> "here " + outcome + "\nOPA  " + answer.body();
    };
  }

  private void differ(long seed, String module, String problem) {
    differences.add("seed " + seed + "\n" + module + "\n" + problem);
  }
}
