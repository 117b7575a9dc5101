package dev.mcpguard.registry.poison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.poison.PoisonFinding.Severity;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/s.json", "//evil.example/s", "file:///etc/passwd", "other.json#/a",
        "http://json-schema.org/x"
      })
  void e8ReferenceOutsideTheSchemaBlocks(String reference) {
    assertEquals(
        Severity.BLOCK,
        worst(PoisonCode.REMOTE_REFERENCE, "{'items':{'$ref':'" + reference + "'}}"));
  }

  @Test
  void localReferenceAndPropertyNamedLikeOneAreBenign() {
    String schema =
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','$defs':{'a':{'type':'string'}},"
            + "'properties':{'x':{'$ref':'#/$defs/a'},'$ref':{'type':'string'}}}";
    assertEquals(List.of(), scan(schema));
  }

  @Test
  void e8SchemaThatRefersToItselfIsFlagged() {
    String tree = "{'$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'}";
    assertEquals(Severity.WARN, worst(PoisonCode.SCHEMA_RECURSION, tree));
    assertEquals(Severity.WARN, worst(PoisonCode.SCHEMA_RECURSION, "{'items':{'$ref':'#'}}"));
  }

  @Test
  void e8ReferencesThatMultiplyBlock() {
    StringBuilder bomb = new StringBuilder("{'$ref':'#/$defs/d0','$defs':{");
    for (int i = 0; i < 20; i++) {
      String next = "{'$ref':'#/$defs/d" + (i + 1) + "'}";
      bomb.append("'d").append(i).append("':{'allOf':[").append(next).append(",").append(next)
          .append("]},");
    }
    bomb.append("'d20':{}}}");
    assertEquals(Severity.BLOCK, worst(PoisonCode.SCHEMA_SIZE, bomb.toString()));
    assertEquals(List.of(), scan("{'$ref':'#/$defs/a','$defs':{'a':{}}}"));
  }

  @Test
  void e8DepthAndSizeAreBounded() {
    String deep = "{'items':".repeat(60) + "{}" + "}".repeat(60);
    assertEquals(Severity.BLOCK, worst(PoisonCode.SCHEMA_SIZE, deep));
    StringBuilder large = new StringBuilder("{'enum':[0");
    large.append(",1".repeat(60_000)).append("]}");
    assertEquals(Severity.BLOCK, worst(PoisonCode.SCHEMA_SIZE, large.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "(a+)+$!true", "^(\\w*)*$!true", "(.*)*!true", "(a|a)*b!true", "([a-z]+){20,}!true",
        "((a+)b?)+!false", "(ab+c)+!false", "(a)\\1!false", "a{2000}!false", "(a|b+)*!false"
      })
  void e8SlowPatternIsFlagged(String pattern, boolean certain) {
    SlowPattern.Problem problem = Objects.requireNonNull(SlowPattern.problem(pattern), pattern);
    assertEquals(certain, problem.certain(), pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[a-z0-9-]+$", "^\\d{4}-\\d{2}-\\d{2}$", "(abc)+", "(?:a|b)*", "^(foo|bar)$", "a+b+",
        "[(a+)+]", "\\(a+\\)+", "(a{1,3}){1,3}", "", "^.{1,64}$", "(?<year>\\d+)-x"
      })
  void plainPatternIsBenign(String pattern) {
    assertEquals(null, SlowPattern.problem(pattern));
  }

  @Test
  void e8SlowPatternBlocksAsValueAndAsName() {
    assertEquals(Severity.BLOCK, worst(PoisonCode.SLOW_PATTERN, "{'pattern':'(a+)+'}"));
    assertEquals(
        Severity.BLOCK, worst(PoisonCode.SLOW_PATTERN, "{'patternProperties':{'(a+)+':{}}}"));
    String huge = "{'pattern':'" + "a".repeat(1_001) + "'}";
    assertEquals(Severity.BLOCK, worst(PoisonCode.SLOW_PATTERN, huge));
  }

  private static Severity worst(PoisonCode code, String schema) {
    return scan(schema).stream()
        .filter(finding -> finding.code() == code)
        .map(PoisonFinding::severity)
        .max(Severity::compareTo)
        .orElseThrow();
  }

  private static List<PoisonFinding> scan(String schema) {
    try {
      JsonObject parsed =
          StrictJson.parseObject(
              schema.replace('\'', '"').getBytes(UTF_8), JsonLimits.message().withDepth(200));
      JsonObject tool =
          JsonObject.builder().put("name", "get_thing").put("inputSchema", parsed).build();
      return new PoisonScanner().scan("me", tool, List.of());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
