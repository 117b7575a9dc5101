package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Locale;

/**
 * What one agent can do with one tool. Immutable.
 *
 * @param visible whether the tool is in the agent's list
 * @param verdict policy's answer
 */
public record AccessRow(String agent, ServedTool tool, boolean visible, Verdict verdict) {

  /**
   * Policy's answer about all calls of the tool.
   *
   * @param highest the highest class of call that the answer holds for
   * @param purposes the purposes under which it holds
   * @param why reason codes and conditions, in words
   */
  public record Verdict(
      Answer answer, RiskClass highest, List<String> purposes, List<String> why) {
    public Verdict {
      purposes = List.copyOf(purposes);
      why = List.copyOf(why);
    }
  }

  /** How policy answers. */
  public enum Answer {
    /** A call is permitted. */
    PERMITTED,
    /** A call is permitted if its arguments keep the rules of this site. */
    DEPENDS,
    /** No call is permitted. */
    DENIED;

    /** The spelling in output. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether some call can be permitted. */
  public boolean reaches() {
    return verdict.answer() != Answer.DENIED;
  }

  /** For programs. */
  public JsonObject json() {
    return JsonObject.builder()
        .put("agent", agent)
        .put("tool", tool.id())
        .put("class", verdict.highest().text())
        .put("effects", JsonArray.ofStrings(tool.effects().stream().sorted().map(Effect::text).toList()))
        .put("sensitivity", tool.sensitivity().text())
        .put("destination", tool.destination().text())
        .put("answer", verdict.answer().text())
        .put("visible", visible)
        .put("purposes", JsonArray.ofStrings(verdict.purposes()))
        .put("why", JsonArray.ofStrings(verdict.why()))
        .build();
  }
}
