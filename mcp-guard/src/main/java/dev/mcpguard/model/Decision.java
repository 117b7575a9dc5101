package dev.mcpguard.model;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import java.util.List;

/**
 * Policy's answer. Default deny: only a {@link Permit} lets a call on, and anything that is not
 * exactly a boolean true is not a permit.
 */
public sealed interface Decision {

  /** Revision of the policy and data that decided; its content is kept as evidence. */
  String revision();

  /** The reasons policy gave, as recorded: an array of objects with {@code code}. */
  JsonArray reasons();

  /** The call may go on once every obligation is discharged. */
  record Permit(List<Obligation> obligations, JsonArray reasons, String revision)
      implements Decision {
    public Permit {
      obligations = List.copyOf(obligations);
    }
  }

  /** Policy said no. {@code reason} is the most telling of its reasons. */
  record Deny(ReasonCode reason, JsonArray reasons, JsonObject context, String revision)
      implements Decision {}

  /** Policy gave no usable answer: undefined, late, failing. Treated as a deny. */
  record Indeterminate(ReasonCode reason, String detail, String revision) implements Decision {
    @Override
    public JsonArray reasons() {
      return JsonArray.of(JsonObject.builder().put("code", reason.text()).build());
    }
  }
}
