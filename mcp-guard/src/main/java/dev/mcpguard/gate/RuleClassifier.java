package dev.mcpguard.gate;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.ArgumentJudge;
import dev.mcpguard.registry.ArgumentVerdict;
import dev.mcpguard.registry.ArgumentViolation;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifies a call by the registry's argument rules: the class is the widest the tool can reach
 * unless a rule proves this call narrower. Broken rules are findings for policy; a call beyond the
 * declared intent ends here. Pure and thread-safe.
 */
public final class RuleClassifier implements CallClassifier {
  private final ArgumentSchemas schemas;

  /**
   * @param schemas checks arguments against the approved input schema
   */
  public RuleClassifier(ArgumentSchemas schemas) {
    this.schemas = schemas;
  }

  /** Whether arguments fit the input schema of an approved definition. */
  @FunctionalInterface
  public interface ArgumentSchemas {
    /** Whether they fit; a schema that cannot be applied fits nothing. */
    boolean accept(ServedTool tool, JsonObject arguments);
  }

  @Override
  public Classification classify(
      IdentifiedCall call, ServedTool tool, IntentReading.Declared declared) {
    JsonObject arguments = declared.arguments();
    if (!schemas.accept(tool, arguments)) {
      return unacceptable(
          ReasonCode.ARGUMENTS_INVALID, "the arguments do not fit the tool's input schema");
    }
    ArgumentVerdict verdict = ArgumentJudge.judge(tool.registered(), arguments);
    Intent intent = declared.intent();
    if (!intent.ceiling().covers(verdict.riskClass()) && verdict.kept()) {
      return unacceptable(
          ReasonCode.INTENT_EXCEEDED,
          "the call is of class " + verdict.riskClass().text() + ", the intent covers "
              + intent.ceiling().text());
    }
    if (!ResourceCover.covers(intent, tool, arguments)) {
      return unacceptable(
          ReasonCode.INTENT_EXCEEDED, "the call reaches a resource outside the declared intent");
    }
    return new Classified(
        new ClassifiedCall(
            call, tool, verdict.riskClass(), intent, arguments, declared.meta(),
            Digest.of(arguments), findings(verdict)));
  }

  private static JsonArray findings(ArgumentVerdict verdict) {
    List<JsonValue> findings = new ArrayList<>();
    for (ArgumentViolation violation : verdict.violations()) {
      findings.add(
          JsonObject.builder()
              .put("argument", violation.argument().text())
              .put("code", violation.problem())
              .build());
    }
    return new JsonArray(findings);
  }

  private static Unacceptable unacceptable(ReasonCode reason, String detail) {
    return new Unacceptable(Refusal.of(reason, detail));
  }
}
