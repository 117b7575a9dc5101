package dev.mcpguard.audit.export;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180), one row a record. A cell that a spreadsheet would run as a formula is preceded by
 * an apostrophe. Pure.
 */
public final class Csv {
  private static final List<String> COLUMNS =
      List.of(
          "time", "instance", "seq", "kind", "decision_id", "method", "principal.issuer",
          "principal.subject", "principal.agent", "principal.owner", "intent.purpose",
          "intent.task", "tool.server", "tool.name", "tool.class", "decision.result", "reason",
          "fate", "admission", "arguments_digest", "reply_digest", "reply_bytes", "asked.server",
          "asked.tool", "event.type", "event.server", "event.tool");

  private Csv() {}

  public static String header() {
    return String.join(",", COLUMNS) + "\r\n";
  }

  /**
   * @param instance whose log the record is of: events do not name it themselves
   */
  public static String row(JsonObject record, String instance) {
    return COLUMNS.stream()
            .map(name -> cell(value(record, instance, name)))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static @Nullable JsonValue value(JsonObject record, String instance, String name) {
    if (name.equals("instance")) {
      return new JsonString(instance);
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return record.get(name);
    }
    JsonObject parent = record.object(name.substring(0, dot));
    return parent == null ? null : parent.get(name.substring(dot + 1));
  }

  private static String cell(@Nullable JsonValue value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof JsonString string ? string.value() : CanonicalJson.text(value);
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula && value instanceof JsonString ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c < ' ');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
