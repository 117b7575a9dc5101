package dev.mcpguard.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structured results against the approved output schema (threat C16). */
class StructuredResultTest {
  private static final String TYPED = "{\"name\":\"echo\",\"outputSchema\":{\"type\":\"object\"}}";

  /** Fits only {@code {"good":true}}. */
  private static final ResultSchemas STRICT =
      (tool, structured) -> structured.equals(Calls.object("{\"good\":true}"));

  private static Release release(ResultSchemas schemas, String definition, String result) {
    JsonObject parsed = Calls.object(result.replace('\'', '"'));
    return new ReleaseFilter(ReleaseLimits.standard(), schemas)
        .release(
            Calls.call(ProtocolVersion.V2025_11_25, "{}", "{}", 1_000, definition, List.of()),
            new CallOutcome.Replied(parsed, 10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'content':[],'structuredContent':{'good':true}}|true",
        "{'content':[],'structuredContent':{'good':false}}|false",
        "{'content':[],'structuredContent':[]}|false",
        "{'content':[]}|false",
        "{'content':[],'isError':true}|true",
        "{'content':[],'isError':false}|false"
      })
  void c16ResultOfATypedToolFitsItsSchemaOrDoesNotLeave(String result, boolean leaves) {
    Release release = release(STRICT, TYPED, result);
    assertEquals(leaves, release instanceof Release.Released, release.toString());
    if (release instanceof Release.Withheld withheld) {
      assertEquals(ReasonCode.DOWNSTREAM_INVALID, withheld.refusal().reason());
    }
  }

  @Test
  void toolWithoutAnOutputSchemaOwesNothing() {
    assertInstanceOf(
        Release.Released.class, release(STRICT, "{\"name\":\"echo\"}", "{'content':[]}"));
  }

  @Test
  void nothingIsComparedUnlessTheSwitchIsOn() {
    assertInstanceOf(
        Release.Released.class, release(ResultSchemas.UNCHECKED, TYPED, "{'content':[]}"));
  }
}
