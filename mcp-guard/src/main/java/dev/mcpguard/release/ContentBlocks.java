package dev.mcpguard.release;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The shapes a content block may have in any revision the guard speaks. */
final class ContentBlocks {
  private ContentBlocks() {}

  /** What is wrong with a list of blocks, or null. */
  static @Nullable String flaw(@Nullable JsonArray blocks) {
    if (blocks == null) {
      return "the result has no content array";
    }
    for (JsonValue block : blocks.values()) {
      if (!(block instanceof JsonObject object) || !proper(object)) {
        return "a content block has no known shape";
      }
    }
    return null;
  }

  /** Whether one block has a known shape. */
  static boolean proper(JsonObject block) {
    String type = block.string("type");
    return type != null
        && switch (type) {
          case "text" -> block.string("text") != null;
          case "image", "audio" -> block.string("data") != null && block.string("mimeType") != null;
          case "resource_link" -> block.string("uri") != null && block.string("name") != null;
          case "resource" -> resource(block.object("resource"));
          default -> false;
        };
  }

  /** Whether this is the content of a resource: a URI with text or with base64. */
  static boolean resource(@Nullable JsonObject contents) {
    return contents != null
        && contents.string("uri") != null
        && (contents.string("text") != null) != (contents.string("blob") != null);
  }
}
