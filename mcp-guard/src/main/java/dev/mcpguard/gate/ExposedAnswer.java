package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.ExposedUri;
import dev.mcpguard.registry.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The URIs of a released answer as its route exposes them: at {@code /mcp} every resource bears its
 * server, at {@code /mcp/{server}} nothing is renamed. Pure.
 */
final class ExposedAnswer {
  private ExposedAnswer() {}

  static Release.Released of(Release.Released released, Route route, String server) {
    ServerId id = ServerId.ofText(server);
    if (route.server() != null || id == null || released.error()) {
      return released;
    }
    JsonObject result = released.result();
    result = each(result, "contents", block -> renamed(block, id));
    result = each(result, "content", block -> block(block, id));
    result = each(result, "messages", message -> message(message, id));
    return new Release.Released(result, false, released.redacted());
  }

  private static JsonObject message(JsonObject message, ServerId id) {
    JsonObject content = message.object("content");
    return content == null ? message : message.with("content", block(content, id));
  }

  private static JsonObject block(JsonObject block, ServerId id) {
    JsonObject resource = block.object("resource");
    if (resource != null) {
      return block.with("resource", renamed(resource, id));
    }
    return "resource_link".equals(block.string("type")) ? renamed(block, id) : block;
  }

  private static JsonObject renamed(JsonObject object, ServerId id) {
    String uri = object.string("uri");
    return uri == null
        ? object
        : object.with("uri", new JsonString(new ExposedUri(id, uri).text()));
  }

  private static JsonObject each(
      JsonObject result, String member, UnaryOperator<JsonObject> change) {
    JsonArray array = result.array(member);
    if (array == null) {
      return result;
    }
    List<JsonValue> changed = new ArrayList<>();
    for (JsonValue value : array.values()) {
      changed.add(value instanceof JsonObject object ? change.apply(object) : value);
    }
    return result.with(member, new JsonArray(changed));
  }
}
