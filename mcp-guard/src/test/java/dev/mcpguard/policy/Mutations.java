package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every document that differs from one in a single place. */
final class Mutations {
  private static final List<JsonValue> GARBAGE =
      List.of(
          JsonNull.NULL,
          JsonBoolean.TRUE,
          JsonBoolean.FALSE,
          new JsonNumber("0"),
          new JsonNumber("-1"),
          new JsonString(""),
          new JsonString("*"),
          new JsonString("\u0000"),
          new JsonArray(List.of()),
          new JsonArray(List.of(JsonNull.NULL)),
          JsonObject.of(),
          JsonObject.builder().put("decision", true).build());

  private Mutations() {}

  /** A changed document. */
  record Mutated(String change, JsonValue document) {}

  /** Each member dropped, once. */
  static List<Mutated> dropped(JsonValue document) {
    return changed(document, "", false);
  }

  /** Each value replaced by each kind of garbage, once. */
  static List<Mutated> garbled(JsonValue document) {
    return changed(document, "", true);
  }

  private static List<Mutated> changed(JsonValue document, String path, boolean garble) {
    List<Mutated> all = new ArrayList<>();
    if (document instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        String below = path + "/" + member.getKey();
        if (!garble) {
          all.add(new Mutated("without " + below, object.without(member.getKey())));
        }
        for (Mutated inner : changed(member.getValue(), below, garble)) {
          all.add(new Mutated(inner.change(), object.with(member.getKey(), inner.document())));
        }
      }
    }
    if (garble && !path.isEmpty()) {
      GARBAGE.forEach(junk -> all.add(new Mutated(path + " is " + junk, junk)));
    }
    return all;
  }
}
