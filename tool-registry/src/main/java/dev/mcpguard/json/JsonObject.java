package dev.mcpguard.json;

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
    return new JsonObject(FrozenMembers.of(members).with(name, value));
  }

  /** This object without the named members; names it does not have are no matter. */
  public JsonObject without(String... names) {
    FrozenMembers kept = FrozenMembers.of(members).without(names);
    return kept == members ? this : new JsonObject(kept);
  }

  /** Collects members in order; a name put twice keeps its place and takes the later value. */
  public static final class Builder {
    private MemberTable members = new MemberTable(8);
    private boolean built;

    private Builder() {}

    public Builder put(String name, JsonValue value) {
      if (built) {
        // the table belongs to the object that was built from it
        members = members.copy(8);
        built = false;
      }
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
      built = true;
      return new JsonObject(new FrozenMembers(members));
    }
  }
}
