package dev.mcpguard.release;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.release.Redaction.UnsafeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Redacts a tool result: structured content, and the text blocks that repeat it as JSON. An answer
 * in which the data may stand in a form that cannot be read (prose, an image) does not leave.
 */
final class ResultRedactor {
  private final List<RedactionPath> paths;
  private final Redaction redaction = new Redaction();

  ResultRedactor(List<RedactionPath> paths) {
    this.paths = List.copyOf(paths);
  }

  /** Pointers of what was blanked. */
  List<String> redacted() {
    return redaction.found();
  }

  JsonObject redact(JsonObject result) throws UnsafeException {
    JsonObject redacted = result;
    boolean data = false;
    for (RedactionPath path : paths) {
      data |= path.intoData();
      JsonValue blanked = redaction.blank(redacted, path.steps(), "");
      redacted = blanked instanceof JsonObject object ? object : redacted;
    }
    JsonArray content = redacted.array("content");
    return data && content != null ? redacted.with("content", blocks(content)) : redacted;
  }

  private JsonArray blocks(JsonArray content) throws UnsafeException {
    List<JsonValue> blanked = new ArrayList<>();
    for (JsonValue block : content.values()) {
      String at = "/content/" + blanked.size();
      blanked.add(block instanceof JsonObject object ? block(object, at) : block);
    }
    return new JsonArray(blanked);
  }

  private JsonObject block(JsonObject block, String at) throws UnsafeException {
    String text = block.string("text");
    if ("text".equals(block.string("type")) && text != null) {
      return block.with("text", text(text, at + "/text"));
    }
    JsonObject resource = block.object("resource");
    String embedded = resource == null ? null : resource.string("text");
    if (resource != null && embedded != null) {
      JsonString blanked = text(embedded, at + "/resource/text");
      return block.with("resource", resource.with("text", blanked));
    }
    throw new UnsafeException("the answer has content in which nothing can be redacted");
  }

  private JsonString text(String text, String at) throws UnsafeException {
    if (text.isBlank() || text.equals(Redaction.BLANK.value())) {
      return new JsonString(text);
    }
    JsonValue document = parse(text);
    JsonValue blanked = document;
    for (RedactionPath path : paths) {
      if (path.intoData()) {
        blanked = redaction.blank(blanked, path.dataSteps(), at + "#");
      }
    }
    return new JsonString(blanked.equals(document) ? text : JsonText.text(blanked));
  }

  private static JsonValue parse(String text) throws UnsafeException {
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      JsonValue value = StrictJson.parse(utf8, JsonLimits.message());
      if (value instanceof JsonObject || value instanceof JsonArray) {
        return value;
      }
    } catch (MalformedJsonException prose) {
      throw new UnsafeException("the answer has text in which nothing can be redacted");
    }
    throw new UnsafeException("the answer has text in which nothing can be redacted");
  }
}
