package dev.mcpguard.gate;

import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.util.function.Consumer;

/**
 * PEP for requests that reach no server: what the guard answers itself, and what the front could not
 * accept. The caller is verified and the request recorded like any other.
 */
final class LocalGate {
  private final Passages passages;

  LocalGate(Passages passages) {
    this.passages = passages;
  }

  Answer answer(LocalRequest request) {
    return pass(passages.open(request.facts()), passage -> passage.answerLocally(request.result()));
  }

  Answer refuse(Misread request) {
    return pass(passages.open(request.facts()), passage -> passage.refuse(request.refusal()));
  }

  Answer unserved(PrimitiveCall request) {
    Refusal refusal = Refusal.of(ReasonCode.METHOD_UNKNOWN, "this guard does not mediate the method");
    return pass(passages.open(request.facts()), passage -> passage.refuse(refusal));
  }

  private static Answer pass(Passage passage, Consumer<Passage> then) {
    try {
      switch (passage.identify()) {
        case Identification.Unidentified unidentified -> passage.refuse(unidentified);
        case Identification.Identified identified -> then.accept(passage);
      }
    } catch (RuntimeException | Error crash) {
      passage.crash(crash);
    } finally {
      passage.settle();
    }
    return passage.answer();
  }
}
