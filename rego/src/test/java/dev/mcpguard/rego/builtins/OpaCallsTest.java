package dev.mcpguard.rego.builtins;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every recorded call of a builtin gives what OPA gave (see the README beside the recordings). */
final class OpaCallsTest {
  private static final Set<String> CHANCE =
      Set.of("time.now_ns", "rand.intn", "uuid.rfc4122", "opa.runtime");
  private static final int SHOWN = 300;

  /** Where we give an error, or the exact number, instead of OPA's answer; each with its reason. */
  private static final List<String> DEVIATIONS =
      List.of(
          "{\"args\":[[9223372036854775807,1]],\"name\":\"sum\"", // OPA wraps around
          "\"name\":\"glob.match\"@{\"args\":[\"{\"", // an open brace is refused
          "\"name\":\"net.cidr_merge\"@::", // families are not mixed
          "\"name\":\"sprintf\"@not supported",
          "\"name\":\"replace\"@beyond ascii",
          "\"name\":\"strings.replace_n\"@beyond ascii",
          "decode@no utf-8 text");

  @Test
  void callsOfTheComplianceCorpusGiveTheSame() {
    check("corpus-calls.jsonl", 700);
  }

  @Test
  void callsOfOurOwnListGiveTheSame() {
    check("own-calls.jsonl", 13_000);
  }

  @Test
  void callsWithCertificatesOfThreeKindsOfKeysGiveTheSame() {
    check("x509-calls.jsonl", 70);
  }

  private static void check(String resource, int atLeast) {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String line : lines(resource)) {
      ObjectValue call = (ObjectValue) Values.parseJson(line);
      String name = text(call, "name");
      if (CHANCE.contains(name)) {
        continue;
      }
      count++;
      String difference = difference(name, call);
      if (difference != null && !isDeviation(line + difference)) {
        wrong.add(name + " " + shorten(line) + "\n    " + shorten(difference));
      }
    }
    assertTrue(count >= atLeast, "only " + count + " calls in " + resource);
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong:\n" + String.join("\n", wrong));
  }

  private static boolean isDeviation(String text) {
    return DEVIATIONS.stream()
        .anyMatch(parts -> Arrays.stream(parts.split("@", -1)).allMatch(text::contains));
  }

  private static @Nullable String difference(String name, ObjectValue call) {
    ArrayValue operands = (ArrayValue) TaggedJson.read(Objects.requireNonNull(call.get("args")));
    Builtin builtin = Builtins.standard().find(name);
    if (builtin == null) {
      return "no such builtin";
    }
    Value expected = expected(builtin, call);
    String error = call.get("error") instanceof StringValue text ? text.text() : null;
    try {
      Value actual = builtin.function().call(Calls.context(Calls.BUDGET), operands.toArray());
      if (error != null) {
        return "gave " + actual + " instead of an error";
      }
      return Objects.equals(actual, expected) ? null : "gave " + actual + "\n    not  " + expected;
    } catch (BuiltinError e) {
      if (error == null) {
        return "failed: " + e.text();
      }
      boolean operand = error.startsWith("operand ");
      boolean coded = call.get("code") instanceof StringValue code && !code.text().equals(e.code());
      return coded || operand && !error.equals(e.text()) ? e.code() + " worded: " + e.text() : null;
    } catch (RuntimeException | StackOverflowError e) {
      return "threw " + e;
    }
  }

  private static @Nullable Value expected(Builtin builtin, ObjectValue call) {
    if (!(call.get("results") instanceof ArrayValue results)) {
      return builtin.relation() ? ArrayValue.EMPTY : null;
    }
    ArrayValue all = (ArrayValue) TaggedJson.read(results);
    return builtin.relation() ? all : all.get(0);
  }

  private static String text(ObjectValue object, String key) {
    return ((StringValue) Objects.requireNonNull(object.get(key))).text();
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN * 2 ? text : text.substring(0, SHOWN) + " ... " + text.substring(text.length() - SHOWN);
  }

  private static List<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OpaCallsTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
