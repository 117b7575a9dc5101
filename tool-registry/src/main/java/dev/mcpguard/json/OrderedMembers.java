package dev.mcpguard.json;

import org.jspecify.annotations.Nullable;

/**
 * Walks the members of an object in canonical order (RFC 8785 3.2.3), for one who merges two objects
 * into one document. Not thread-safe, one per walk.
 */
public final class OrderedMembers {
  private final MemberTable table;
  private final int @Nullable [] order;
  private int next;

  public OrderedMembers(JsonObject object) {
    table = FrozenMembers.of(object.members()).table();
    order = MemberOrder.of(table);
  }

  /** The name of the next member, or null after the last. */
  public @Nullable String name() {
    return next < table.size() ? table.name(at()) : null;
  }

  /** The value of the next member, which must be there; the one after it is next. */
  public JsonValue take() {
    JsonValue value = table.value(at());
    next++;
    return value;
  }

  private int at() {
    return order == null ? next : order[next];
  }
}
