package dev.mcpguard.gate;

import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * PEP for requests that reach no server: what the guard answers itself, and what the front could not
 * accept. The caller is verified and the request recorded like any other.
 */
final class LocalGate {
  /** The method of a request that opens the stream of a session. */
  private static final String GET = "GET";

  private final Passages passages;

  LocalGate(Passages passages) {
    this.passages = passages;
  }

  Answer answer(LocalRequest request) {
    boolean stream = request.facts().method().equals(GET);
    return pass(
        passages.open(request.facts()),
        stream ? Passage::admittedToStream : Passage::admitted,
        passage -> passage.answerLocally(request.result()));
  }

  /** What is refused already is not refused for a limit: its own reason is the truer one. */
  Answer refuse(Misread request) {
    return pass(
        passages.open(request.facts()),
        Passage::identify,
        passage -> passage.refuse(request.refusal()));
  }

  private static Answer pass(
      Passage passage, Function<Passage, Identification> identify, Consumer<Passage> then) {
    return passage.walk(
        () -> {
          switch (identify.apply(passage)) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified identified -> then.accept(passage);
          }
        });
  }
}
