package dev.mcpguard.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in insertion order, unmodifiable. A type of its own so that the parser
 * can hand over the map it built without a second copy.
 */
final class FrozenMembers extends AbstractMap<String, JsonValue> {
  static final FrozenMembers EMPTY = new FrozenMembers(new LinkedHashMap<>());

  // INVARIANT: never written after construction, and nobody outside holds a reference to it.
  private final LinkedHashMap<String, JsonValue> members;

  /** Takes the map over: the caller must drop its own reference. */
  FrozenMembers(LinkedHashMap<String, JsonValue> owned) {
    members = owned;
  }

  static FrozenMembers of(Map<String, JsonValue> members) {
    if (members instanceof FrozenMembers frozen) {
      return frozen;
    }
    LinkedHashMap<String, JsonValue> copy = new LinkedHashMap<>(members);
    copy.forEach(
        (name, value) -> {
          Objects.requireNonNull(name);
          Objects.requireNonNull(value);
        });
    return new FrozenMembers(copy);
  }

  @Override
  public @Nullable JsonValue get(@Nullable Object name) {
    return members.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return members.containsKey(name);
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(members.keySet());
  }

  @Override
  public Set<Map.Entry<String, JsonValue>> entrySet() {
    return Collections.unmodifiableMap(members).entrySet();
  }
}
