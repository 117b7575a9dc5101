package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.ArgumentRule;
import dev.mcpguard.registry.CanonicalPath;
import dev.mcpguard.registry.PathRule;
import dev.mcpguard.registry.UrlRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the resources a call names lie within those its intent declares. Resources are read from
 * the arguments that registry rules call paths or URLs; an intent that names resources for a tool
 * without such arguments cannot be enforced and covers nothing. Pure.
 */
final class ResourceCover {
  private ResourceCover() {}

  static boolean covers(Intent intent, ServedTool tool, JsonObject arguments) {
    if (intent.resources().isEmpty()) {
      return true;
    }
    boolean found = false;
    for (ArgumentRule rule : tool.registered().rules()) {
      JsonValue value = names(rule) ? rule.argument().find(arguments) : null;
      if (value != null) {
        found = true;
        List<JsonValue> elements =
            value instanceof JsonArray list ? list.values() : List.of(value);
        if (!elements.stream().allMatch(element -> covered(intent, rule, element))) {
          return false;
        }
      }
    }
    return found;
  }

  /** Whether a resource itself lies within them; one whose path is not canonical never does. */
  static boolean covers(Intent intent, String uri) {
    boolean odd = uri.contains("%") || uri.contains("\\") || uri.contains("/../") || uri.contains("/./")
        || uri.endsWith("/..") || uri.endsWith("/.");
    return !odd && intent.resources().stream().anyMatch(prefix -> within(prefix, uri));
  }

  private static boolean names(ArgumentRule rule) {
    return rule instanceof PathRule || rule instanceof UrlRule;
  }

  private static boolean covered(Intent intent, ArgumentRule rule, JsonValue value) {
    String uri = value instanceof JsonString(String text) ? uri(rule, text) : null;
    return uri != null && intent.resources().stream().anyMatch(prefix -> within(prefix, uri));
  }

  private static @Nullable String uri(ArgumentRule rule, String text) {
    if (rule instanceof UrlRule) {
      return text;
    }
    CanonicalPath path = CanonicalPath.ofText(text);
    return path == null
        ? null
        : "file://" + (path.absolute() ? "/" : "") + String.join("/", path.components());
  }

  private static boolean within(String prefix, String uri) {
    return uri.startsWith(prefix)
        && (uri.length() == prefix.length()
            || prefix.endsWith("/")
            || uri.charAt(prefix.length()) == '/');
  }
}
