package dev.mcpguard.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object: members in the order received, names unique. Immutable and thread-safe; equality
 * does not look at the order.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  private static final JsonObject EMPTY = new JsonObject(FrozenMembers.EMPTY);

  public JsonObject {
    members = FrozenMembers.of(members);
  }

  /** The object without members. */
  public static JsonObject of() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The member, or null when absent. A member holding the literal {@code null} is present. */
  public @Nullable JsonValue get(String name) {
    return members.get(name);
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The member when it is an object, else null. */
  public @Nullable JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : null;
  }

  /** The member when it is an array, else null. */
  public @Nullable JsonArray array(String name) {
    return members.get(name) instanceof JsonArray array ? array : null;
  }

  /** The text of the member when it is a string, else null. */
  public @Nullable String string(String name) {
    return members.get(name) instanceof JsonString string ? string.value() : null;
  }

  /** This object with the member set: replaced in its place, or added at the end. */
  public JsonObject with(String name, JsonValue value) {
    LinkedHashMap<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return new JsonObject(new FrozenMembers(changed));
  }

  /** This object without the named members; names it does not have are no matter. */
  public JsonObject without(String... names) {
    LinkedHashMap<String, JsonValue> changed = new LinkedHashMap<>(members);
    for (String name : names) {
      changed.remove(name);
    }
    return changed.size() == members.size() ? this : new JsonObject(new FrozenMembers(changed));
  }

  /** Collects members in order; a name put twice keeps its place and takes the later value. */
  public static final class Builder {
    private final LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, JsonValue value) {
      members.put(name, value);
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    public Builder put(String name, long value) {
      return put(name, JsonNumber.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, JsonBoolean.of(value));
    }

    public Builder putIfPresent(String name, @Nullable JsonValue value) {
      return value == null ? this : put(name, value);
    }

    public Builder putIfPresent(String name, @Nullable String value) {
      return value == null ? this : put(name, value);
    }

    public Builder putIfPresent(String name, @Nullable Long value) {
      return value == null ? this : put(name, value.longValue());
    }

    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
