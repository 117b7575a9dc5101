package dev.mcpguard.gate;

import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IntentReader;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import java.time.Instant;

/**
 * The pure steps of {@link ToolCallGate} between the registry and policy, for replay: the same
 * readers and the same question, and no way to log, to forward or to answer. Thread-safe.
 */
public final class Rehearsal {
  private final IntentReader intents;
  private final CallClassifier classifier;

  public Rehearsal(IntentReader intents, CallClassifier classifier) {
    this.intents = intents;
    this.classifier = classifier;
  }

  /** How far the call came. */
  public sealed interface Reached {}

  /** Intent or classification refused it. */
  public record Refused(Refusal refusal) implements Reached {}

  /** This would be asked of policy. */
  public record Question(AuthorizationRequest request) implements Reached {}

  /** Carries the call up to the question to policy, as decided at {@code now}. */
  public Reached rehearse(IdentifiedCall call, ServedTool tool, Instant now) {
    return switch (intents.read(call, tool)) {
      case IntentReading.Undeclared(Refusal refusal) -> new Refused(refusal);
      case IntentReading.Declared declared ->
          switch (classifier.classify(call, tool, declared)) {
            case CallClassifier.Unacceptable(Refusal refusal) -> new Refused(refusal);
            case CallClassifier.Classified(var classified) ->
                new Question(PolicyInput.calling(classified, now));
          };
    };
  }
}
