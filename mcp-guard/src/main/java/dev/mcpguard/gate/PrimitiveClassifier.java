package dev.mcpguard.gate;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;

/** The class of a request for another primitive is its registered one; the intent must cover it. Pure. */
final class PrimitiveClassifier {
  /** Members of a retry: they say nothing of what is asked for. */
  static final String[] RETRY = {"inputResponses", "requestState"};

  private PrimitiveClassifier() {}

  /** Outcome of classification. */
  sealed interface Classification {}

  /** The intent covers it. */
  record Classified(ClassifiedPrimitive call) implements Classification {}

  /** It goes beyond the intent. */
  record Unacceptable(Refusal refusal) implements Classification {}

  static Classification classify(
      IdentifiedPrimitive call, RegisteredPrimitive primitive, IntentReading.Declared declared) {
    Intent intent = declared.intent();
    if (!intent.ceiling().covers(primitive.riskClass())) {
      return beyond(
          "the request is of class " + primitive.riskClass().text() + ", the intent covers "
              + intent.ceiling().text());
    }
    boolean named = primitive.kind() == PrimitiveKind.RESOURCE;
    if (!intent.resources().isEmpty() && !(named && ResourceCover.covers(intent, primitive.name()))) {
      return beyond("the request reaches a resource outside the declared intent");
    }
    JsonObject params = declared.arguments().without(RETRY);
    return new Classified(
        new ClassifiedPrimitive(
            call, primitive, intent, params, declared.meta(), Digest.of(params)));
  }

  private static Unacceptable beyond(String detail) {
    return new Unacceptable(Refusal.of(ReasonCode.INTENT_EXCEEDED, detail));
  }
}
