package dev.mcpguard.front.http;

import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;

/** One message of a session through the gate, and what it then does to the session. */
final class Turn {
  private final Exchange exchange;
  private final Session session;

  Turn(Exchange exchange, Session session) {
    this.exchange = exchange;
    this.session = session;
  }

  Answer ask(Message message, GatedRequest read, CancellableReply reply) {
    if (message instanceof Message.Request request) {
      session.conversation().started(request.id(), reply);
      try {
        return accepted(message, read, reply);
      } finally {
        session.conversation().ended(request.id(), reply);
      }
    }
    return accepted(message, read, reply);
  }

  private Answer accepted(Message message, GatedRequest read, CancellableReply reply) {
    Answer answer = touched(exchange.services().rounds().handle(read, reply));
    if (answer instanceof Answer.Result) {
      session.conversation().accept(message);
    }
    return answer;
  }

  private Answer touched(Answer answer) {
    Answer checked = owns(session, answer);
    if (checked instanceof Answer.Result) {
      session.touch(exchange.services().clock().instant());
    }
    return checked;
  }

  /**
   * INVARIANT: a session does nothing for anybody but its owner. The gate compares as well; this is
   * the second look.
   */
  static Answer owns(Session session, Answer answer) {
    return answer instanceof Answer.Result result
            && !result.principal().key().equals(session.owner())
        ? new Answer.Refused(
            result.decisionId(),
            Refusal.of(ReasonCode.SESSION_UNKNOWN, "the session is another principal's"),
            result.principal())
        : answer;
  }
}
