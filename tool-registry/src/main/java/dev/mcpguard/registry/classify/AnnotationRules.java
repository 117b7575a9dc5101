package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import org.jspecify.annotations.Nullable;

/** The author's hints: they may raise, never lower; an absent hint says nothing. */
final class AnnotationRules {
  void apply(@Nullable JsonObject annotations, Evidence evidence) {
    if (annotations == null) {
      return;
    }
    if (annotations.get("readOnlyHint") == JsonBoolean.FALSE) {
      evidence.raise(
          RiskClass.WRITE,
          "hint-not-read-only",
          "the author says it changes something (`readOnlyHint: false`)");
    }
    if (annotations.get("destructiveHint") == JsonBoolean.TRUE) {
      evidence.effect(Effect.DESTRUCTIVE);
      evidence.raise(
          RiskClass.WRITE,
          "hint-destructive",
          "the author says it destroys (`destructiveHint: true`)");
    }
    if (annotations.get("openWorldHint") == JsonBoolean.TRUE) {
      evidence.effect(Effect.UNTRUSTED_CONTENT);
    }
  }
}
