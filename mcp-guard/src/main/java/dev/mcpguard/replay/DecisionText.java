package dev.mcpguard.replay;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Obligation;
import java.util.ArrayList;
import java.util.List;

/** A decision in the form records keep it, so that two can be compared byte for byte. Pure. */
final class DecisionText {
  private DecisionText() {}

  /** The parts of a recorded decision that must repeat. */
  static JsonObject recorded(JsonObject decision) {
    return decision.without("revision");
  }

  /** A decision as it would be recorded. */
  static JsonObject of(Decision decision) {
    JsonObject.Builder members = JsonObject.builder();
    switch (decision) {
      case Decision.Permit permit ->
          members
              .put("result", "permit")
              .put("reasons", permit.reasons())
              .put("obligations", obligations(permit));
      case Decision.Deny deny -> members.put("result", "deny").put("reasons", deny.reasons());
      case Decision.Indeterminate none ->
          members.put("result", "indeterminate").put("reasons", none.reasons());
    }
    return members.build();
  }

  private static JsonArray obligations(Decision.Permit permit) {
    List<JsonValue> obligations = new ArrayList<>();
    for (Obligation obligation : permit.obligations()) {
      obligations.add(obligation.properties().with("type", new JsonString(obligation.type())));
    }
    return new JsonArray(obligations);
  }
}
