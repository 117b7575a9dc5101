package dev.mcpguard.gate;

import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
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

  private static Answer pass(Passage passage, Consumer<Passage> then) {
    return passage.walk(
        () -> {
          switch (passage.identify()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified identified -> then.accept(passage);
          }
        });
  }
}
