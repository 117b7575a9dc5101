package dev.mcpguard.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Fuzz target (invariant I1; threats C1 to C4, C6): what the strict parser accepts, another parser
 * reads alike and our writers give back; what it refuses as no JSON at all, the other refuses too.
 * Jackson is the other reader, with every strictness it has.
 */
public final class StrictJsonFuzzTarget {
  private static final JsonLimits LIMITS = JsonLimits.message();
  private static final JsonMapper OTHER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  /**
   * Found by fuzzing: Jackson looks a hexadecimal digit up by the low eight bits of the character, so
   * that U+0463 counts as `c` (U+0063). RFC 8259 section 7 knows the digits of ASCII alone.
   */
  private static final Pattern LAX_ESCAPE = Pattern.compile("\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f]");

  private StrictJsonFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    JsonValue value;
    try {
      value = StrictJson.parse(data, LIMITS);
    } catch (MalformedJsonException refused) {
      boolean noJson = refused.problem().startsWith("not valid json") && !laxEscape(data);
      if (noJson && readByOther(data) != null) {
        throw new AssertionError("refused as no json, but another parser reads it: " + refused);
      }
      return;
    }
    given(value, CanonicalJson.bytes(value));
    given(value, JsonText.bytes(value));
    JsonNode other = readByOther(data);
    if (other == null || !same(value, other)) {
      throw new AssertionError("another parser reads another value: " + other);
    }
  }

  private static void given(JsonValue value, byte[] written) {
    try {
      if (!StrictJson.parse(written, LIMITS.withBytes(1 << 24)).equals(value)) {
        throw new AssertionError("written and read again it is another value");
      }
    } catch (MalformedJsonException unreadable) {
      throw new AssertionError("what was written cannot be read", unreadable);
    }
  }

  private static boolean laxEscape(byte[] data) {
    return LAX_ESCAPE.matcher(new String(data, StandardCharsets.UTF_8)).find();
  }

  private static JsonNode readByOther(byte[] data) {
    try {
      return OTHER.readTree(new String(data, StandardCharsets.UTF_8)) instanceof JsonNode node
              && !node.isMissingNode()
          ? node
          : null;
    } catch (JsonProcessingException refused) {
      return null;
    }
  }

  private static boolean same(JsonValue ours, JsonNode theirs) {
    return switch (ours) {
      case JsonObject object ->
          theirs.isObject()
              && theirs.size() == object.members().size()
              && object.members().entrySet().stream()
                  .allMatch(
                      member ->
                          theirs.has(member.getKey())
                              && same(member.getValue(), theirs.get(member.getKey())));
      case JsonArray array -> sameElements(array, theirs);
      case JsonString string -> theirs.isTextual() && theirs.textValue().equals(string.value());
      case JsonNumber number ->
          theirs.isNumber()
              && theirs.decimalValue().compareTo(new BigDecimal(number.text())) == 0;
      case JsonBoolean flag -> theirs.isBoolean() && theirs.booleanValue() == flag.value();
      case JsonNull _ -> theirs.isNull();
    };
  }

  private static boolean sameElements(JsonArray array, JsonNode theirs) {
    if (!theirs.isArray() || theirs.size() != array.values().size()) {
      return false;
    }
    for (int i = 0; i < theirs.size(); i++) {
      if (!same(array.values().get(i), theirs.get(i))) {
        return false;
      }
    }
    return true;
  }
}
