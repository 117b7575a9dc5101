package dev.mcpguard.audit.store;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The top-level members of a leaf, found by one pass over its bytes without building values: for
 * scans of whole logs. Only for canonical JSON written by us; other bytes give fewer members, never
 * an exception. Not thread-safe.
 */
public final class LeafScan {
  private final byte[] bytes;
  /** Four places a member: name from and to, value from and to. */
  private int[] places = new int[4 * 32];
  private int members;
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
    int member = find(name);
    return of(bytes, member < 0 ? bytes.length : places[member + 2]);
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
    int member = find(name);
    if (member < 0) {
      return null;
    }
    int from = places[member + 2];
    return new String(bytes, from, places[member + 3] - from, StandardCharsets.UTF_8);
  }

  private void members() {
    if (at >= bytes.length || bytes[at] != '{') {
      return;
    }
    at++;
    while (at < bytes.length && bytes[at] == '"') {
      int nameStart = at;
      skipString();
      int nameEnd = at - 1;
      at++;
      int valueStart = at;
      skipValue();
      add(nameStart + 1, nameEnd, valueStart, Math.min(at, bytes.length));
      at++;
    }
  }

  private void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
    if (valueFrom > valueTo || nameFrom > nameTo) {
      return;
    }
    if (members == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[members++] = nameFrom;
    places[members++] = nameTo;
    places[members++] = valueFrom;
    places[members++] = valueTo;
  }

  /** Names asked for are ASCII, so a name with other bytes or escapes never equals one. */
  private int find(String name) {
    for (int member = 0; member < members; member += 4) {
      if (places[member + 1] - places[member] == name.length() && named(member, name)) {
        return member;
      }
    }
    return -1;
  }

  private boolean named(int member, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (bytes[places[member] + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
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
