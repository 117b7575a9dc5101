package dev.mcpguard.app.registry;

import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ServedTool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one agent can reach, or who can reach one server or tool. Immutable.
 *
 * @param subject the agent, {@code server/tool} or server
 * @param rows every combination asked about, denied ones too
 */
public record AccessReport(String subject, List<AccessRow> rows) {
  public AccessReport {
    rows = List.copyOf(rows);
  }

  /** The report, or null if the subject is no agent, and no server or tool that is served. */
  public static @Nullable AccessReport of(
      String subject, AgentRegister register, List<ServedTool> served, Access access) {
    List<AgentRegister.Entry> agents =
        register.entries().stream().filter(each -> each.agent().id().equals(subject)).toList();
    List<ServedTool> tools = served;
    if (agents.isEmpty()) {
      agents = register.entries();
      tools = served.stream().filter(tool -> isMeant(tool, subject)).toList();
      if (tools.isEmpty()) {
        return null;
      }
    }
    List<AccessRow> rows = new ArrayList<>();
    for (AgentRegister.Entry agent : agents) {
      for (ServedTool tool : tools) {
        rows.add(access.of(agent, tool));
      }
    }
    return new AccessReport(subject, rows);
  }

  private static boolean isMeant(ServedTool tool, String subject) {
    return tool.id().equals(subject)
        || tool.server().equals(subject)
        || tool.registered().exposedName().text().equals(subject);
  }

  /** The blast radius. */
  public AccessSummary summary() {
    return AccessSummary.of(rows);
  }

  /** What to show: what can be reached, or with {@code all} everything asked. */
  public List<AccessRow> shown(boolean all) {
    return rows.stream().filter(row -> all || row.reaches()).toList();
  }

  /** For programs. */
  public JsonObject json(boolean all) {
    List<JsonValue> documents = new ArrayList<>();
    shown(all).forEach(row -> documents.add(row.json()));
    return JsonObject.builder()
        .put("subject", subject)
        .put("summary", summary().json())
        .put("access", new JsonArray(documents))
        .build();
  }
}
