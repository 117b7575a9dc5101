package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Set;

/** Effects that do not change the class: data that leaves, text that others can write. */
final class EffectRules {
  private static final Set<String> RECIPIENTS =
      Set.of("url", "uri", "webhook", "recipient", "recipients", "to", "cc", "bcc", "email",
          "destination", "callback", "href");
  private static final Set<String> WRITTEN_BY_OTHERS =
      Set.of("issue", "comment", "message", "email", "mail", "page", "web", "url", "chat",
          "thread", "ticket", "document", "file", "content", "discussion", "review", "log",
          "conversation", "attachment", "feed", "post", "pull", "wiki", "article", "transcript");
  private static final Set<String> REPEATABLE = Set.of("put", "set", "delete", "remove", "enable",
      "disable", "replace", "tag", "untag", "attach", "detach");

  void apply(ToolDescription tool, NameReading name, Evidence evidence) {
    if (addressed(tool)) {
      evidence.effect(Effect.EGRESS);
    }
    boolean reads = evidence.riskClass() == RiskClass.READ;
    if (name.tokens().stream().map(NameTokens::singular).anyMatch(WRITTEN_BY_OTHERS::contains)
        && name.verbs().stream().anyMatch(acting -> acting.verb().reads())) {
      evidence.effect(Effect.UNTRUSTED_CONTENT);
    }
    if (reads || repeatable(name)) {
      evidence.effect(Effect.IDEMPOTENT);
    }
  }

  private static boolean repeatable(NameReading name) {
    return !name.verbs().isEmpty()
        && name.verbs().stream().allMatch(acting -> REPEATABLE.contains(acting.verb().word()));
  }

  private static boolean addressed(ToolDescription tool) {
    JsonObject schema = tool.inputSchema();
    JsonObject properties = schema == null ? null : schema.object("properties");
    if (properties == null) {
      return false;
    }
    for (String argument : properties.members().keySet()) {
      List<String> words = NameTokens.of(argument);
      if (!words.isEmpty() && RECIPIENTS.contains(words.getLast())) {
        return true;
      }
    }
    return false;
  }
}
