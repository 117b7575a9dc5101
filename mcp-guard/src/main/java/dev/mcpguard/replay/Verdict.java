package dev.mcpguard.replay;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ReasonCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An answer in the form records keep it, so that two can be compared byte for byte. Pure. */
final class Verdict {
  private static final String PERMIT = "permit";

  private Verdict() {}

  /** What a record says was decided by policy. */
  static JsonObject recorded(JsonObject record, JsonObject decision) {
    JsonObject verdict = decision.without("revision");
    String reason = record.string("reason");
    boolean permitted = PERMIT.equals(decision.string("result"));
    boolean unfulfilled = ReasonCode.OBLIGATION_UNFULFILLED.text().equals(reason);
    return reason != null && (!permitted || unfulfilled)
        ? verdict.with("reason", new JsonString(reason))
        : verdict;
  }

  /** What policy decides now. */
  static JsonObject of(Decision decision, Predicate<Obligation> dischargeable) {
    JsonObject.Builder members = JsonObject.builder();
    switch (decision) {
      case Decision.Permit permit -> {
        members
            .put("result", PERMIT)
            .put("reasons", permit.reasons())
            .put("obligations", obligations(permit));
        if (!permit.obligations().stream().allMatch(dischargeable)) {
          members.put("reason", ReasonCode.OBLIGATION_UNFULFILLED.text());
        }
      }
      case Decision.Deny deny ->
          members
              .put("result", "deny")
              .put("reasons", deny.reasons())
              .put("reason", deny.reason().text());
      case Decision.Indeterminate none ->
          members
              .put("result", "indeterminate")
              .put("reasons", none.reasons())
              .put("reason", none.reason().text());
    }
    return members.build();
  }

  /** A refusal before policy; with the words of its cause where they follow from the record. */
  static JsonObject refused(@Nullable String reason, @Nullable String detail) {
    return JsonObject.builder()
        .put("result", "refused")
        .putIfPresent("reason", reason)
        .putIfPresent("detail", detail)
        .build();
  }

  static boolean same(JsonObject one, JsonObject other) {
    // values that differ never have the same canonical bytes, and equal ones always do
    return one.equals(other);
  }

  /**
   * The recorded question with everything that was worked out again in place of what was recorded:
   * state that is only in the record stays.
   */
  static JsonObject overlay(JsonObject recorded, JsonObject again) {
    LinkedHashMap<String, JsonValue> merged = new LinkedHashMap<>(recorded.members());
    for (String name : again.members().keySet()) {
      JsonValue value = again.get(name);
      if (recorded.get(name) instanceof JsonObject old && value instanceof JsonObject fresh) {
        merged.put(name, overlay(old, fresh));
      } else if (value != null) {
        merged.put(name, value);
      }
    }
    return new JsonObject(merged);
  }

  private static JsonArray obligations(Decision.Permit permit) {
    List<JsonValue> obligations = new ArrayList<>();
    for (Obligation obligation : permit.obligations()) {
      obligations.add(obligation.properties().with("type", new JsonString(obligation.type())));
    }
    return new JsonArray(obligations);
  }
}
