package dev.mcpguard.samples.tour;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value one can ask for members by name without asking first whether they are there. */
record Json(@Nullable Object value) {

  static Json parse(String text) throws IOException {
    return new Json(
        McpJsonDefaults.getMapper().readValue(text, new TypeRef<Map<String, Object>>() {}));
  }

  static String text(Object value) throws IOException {
    return McpJsonDefaults.getMapper().writeValueAsString(value);
  }

  Json at(String... names) {
    Object found = value;
    for (String name : names) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return new Json(found);
  }

  boolean there() {
    return value != null;
  }

  /** The text, or empty. */
  String string() {
    return value instanceof String string ? string : "";
  }

  /** The elements, or none. */
  List<Json> elements() {
    return value instanceof List<?> list
        ? list.stream().map(element -> new Json(element)).toList()
        : List.of();
  }
}
