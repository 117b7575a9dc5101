package dev.mcpguard.rego.builtins.schema;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** References within a schema (RFC 6901 in a fragment). */
final class SchemaPointer {
  private SchemaPointer() {}

  static Value resolve(Value root, String reference) {
    if (!reference.startsWith("#")) {
      throw new SchemaException("reference `" + reference + "` to another document is not followed");
    }
    Value found = root;
    String[] parts = URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8).substring(1).split("/", -1);
    if (!parts[0].isEmpty()) {
      throw new SchemaException("reference `" + reference + "` is no pointer");
    }
    for (int i = 1; i < parts.length; i++) {
      found = found == null ? null : step(found, parts[i].replace("~1", "/").replace("~0", "~"));
    }
    if (found == null) {
      throw new SchemaException("Object has no key '" + parts[parts.length - 1] + "'");
    }
    return found;
  }

  private static @Nullable Value step(Value value, String key) {
    if (value instanceof ArrayValue array) {
      boolean index = key.matches("[0-9]{1,9}") && Integer.parseInt(key) < array.size();
      return index ? array.get(Integer.parseInt(key)) : null;
    }
    return value instanceof ObjectValue object ? object.get(key) : null;
  }
}
