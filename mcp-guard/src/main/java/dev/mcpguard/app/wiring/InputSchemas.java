package dev.mcpguard.app.wiring;

import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ServedTool;

/** Provisional. */
final class InputSchemas implements RuleClassifier.ArgumentSchemas {
  @Override
  public boolean accept(ServedTool tool, JsonObject arguments) {
    return true;
  }
}
