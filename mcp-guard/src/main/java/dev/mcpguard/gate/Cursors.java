package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.SealedJson;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cursors clients page lists with: sealed and bound to caller, route and method. A server's own
 * cursor never reaches a client in the clear, and one caller's cursor is nobody else's. After a
 * restart a client begins at the first page. Thread-safe.
 */
final class Cursors {
  private final SealedJson seal;

  Cursors(SecureRandom random) {
    this.seal = new SealedJson(random);
  }

  /**
   * Where a list goes on.
   *
   * @param server the server whose turn it is
   * @param cursor the server's own cursor, or null for its first page
   */
  record Position(String server, @Nullable String cursor) {}

  String seal(Position position, ListRequest request, Principal principal) {
    List<JsonValue> parts = new ArrayList<>(List.of(new JsonString(position.server())));
    if (position.cursor() != null) {
      parts.add(new JsonString(position.cursor()));
    }
    return seal.seal(new JsonArray(parts), bound(request, principal));
  }

  /** Where {@code cursor} points, or null if it was not made for this caller and list. */
  @Nullable Position open(String cursor, ListRequest request, Principal principal) {
    return seal.open(cursor, bound(request, principal)) instanceof JsonArray(List<JsonValue> parts)
            && !parts.isEmpty()
        ? position(parts)
        : null;
  }

  private static @Nullable Position position(List<JsonValue> parts) {
    String server = text(parts.getFirst());
    return server == null
        ? null
        : new Position(server, parts.size() > 1 ? text(parts.get(1)) : null);
  }

  private static @Nullable String text(JsonValue value) {
    return value instanceof JsonString(String text) ? text : null;
  }

  private static JsonArray bound(ListRequest request, Principal principal) {
    return JsonArray.of(
        new JsonString(principal.key().issuer()),
        new JsonString(principal.key().subject()),
        new JsonString(principal.key().client()),
        new JsonString(request.facts().route().path()),
        new JsonString(request.facts().method()));
  }
}
