package dev.mcpguard.audit.store;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The top-level members of a leaf, found by one pass over its bytes without building values: for
 * scans of whole logs. Only for canonical JSON written by us; other bytes give fewer members, never
 * an exception. Not thread-safe.
 */
public final class LeafScan {
  private final byte[] bytes;
  private final Map<String, long[]> spans = new HashMap<>();
  private int at;

  private LeafScan(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  /** Scans the object that starts at {@code offset}. */
  public static LeafScan of(byte[] bytes, int offset) {
    LeafScan scan = new LeafScan(bytes, offset);
    scan.members();
    return scan;
  }

  /** The text of a member that is a string without escapes, else null. */
  public @Nullable String string(String name) {
    String raw = raw(name);
    boolean plain =
        raw != null && raw.length() >= 2 && raw.charAt(0) == '"' && raw.indexOf('\\') < 0;
    return plain && raw != null ? raw.substring(1, raw.length() - 1) : null;
  }

  /** The text of a member that is a string, decoded, else null. */
  public @Nullable String text(String name) {
    String plain = string(name);
    String raw = plain == null ? raw(name) : null;
    if (raw == null || !raw.startsWith("\"")) {
      return plain;
    }
    try {
      byte[] utf8 = raw.getBytes(StandardCharsets.UTF_8);
      return StrictJson.parse(utf8, JsonLimits.message()) instanceof JsonString string
          ? string.value()
          : null;
    } catch (MalformedJsonException damaged) {
      return null;
    }
  }

  /** The members of a member that is an object; without members otherwise. */
  public LeafScan object(String name) {
    long[] span = spans.get(name);
    return of(bytes, span == null ? bytes.length : (int) span[0]);
  }

  /** The value of a member that is a whole number, else -1. */
  public long number(String name) {
    String raw = raw(name);
    if (raw == null || raw.isEmpty() || raw.length() > 18) {
      return -1;
    }
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(raw);
  }

  /** The canonical text of a member, or null. */
  public @Nullable String raw(String name) {
    long[] span = spans.get(name);
    return span == null
        ? null
        : new String(bytes, (int) span[0], (int) (span[1] - span[0]), StandardCharsets.UTF_8);
  }

  private void members() {
    if (at >= bytes.length || bytes[at] != '{') {
      return;
    }
    at++;
    while (at < bytes.length && bytes[at] == '"') {
      int nameStart = at;
      skipString();
      String name =
          new String(bytes, nameStart + 1, Math.max(0, at - nameStart - 2), StandardCharsets.UTF_8);
      at++;
      int valueStart = at;
      skipValue();
      spans.put(name, new long[] {valueStart, Math.min(at, bytes.length)});
      at++;
    }
  }

  private void skipString() {
    at++;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipValue() {
    int depth = 0;
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b == '"') {
        skipString();
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        if (depth == 0) {
          return;
        }
        depth--;
      } else if (b == ',' && depth == 0) {
        return;
      }
      at++;
    }
  }
}
