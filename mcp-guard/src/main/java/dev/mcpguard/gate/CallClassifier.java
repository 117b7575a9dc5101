package dev.mcpguard.gate;

import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;

/** Finds the effective class of one call: the tool's class, raised or proven narrower by rules. */
@FunctionalInterface
public interface CallClassifier {

  /** Classifies the call; arguments that do not fit the tool's schema are a refusal. */
  Classification classify(
      IdentifiedCall call, ServedTool tool, IntentReading.Declared declared);

  /** Outcome of classification. */
  sealed interface Classification {}

  /** The class is known and the intent covers it. */
  record Classified(ClassifiedCall call) implements Classification {}

  /** The call cannot be judged or goes beyond the intent. */
  record Unacceptable(Refusal refusal) implements Classification {}
}
