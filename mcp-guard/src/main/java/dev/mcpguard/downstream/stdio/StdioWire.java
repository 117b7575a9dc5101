package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;
import org.jspecify.annotations.Nullable;

/** One request to one child and its answer. Stateless but for the ids; thread-safe. */
final class StdioWire {
  private final RequestIds ids;

  StdioWire(RequestIds ids) {
    this.ids = ids;
  }

  CallOutcome send(Child child, boolean modern, ServerRequest request, ReplyChannel client) {
    CallOutcome.Failed stray = modern ? null : Failures.strayState(request.params());
    if (stray != null) {
      return stray;
    }
    long id = ids.next();
    byte[] line = modern ? Envelope.modern(request, id) : Envelope.legacy(request, id);
    Pending pending = new Pending(id, line);
    client.onCancel(() -> pending.tell(new Pending.Event.Cancelled()));
    CallRelay relay = new CallRelay(request, id, client, ServerEvents.NONE);
    child.send(pending);
    try {
      return await(child, pending, request, relay);
    } finally {
      child.forget(pending);
    }
  }

  private static CallOutcome await(
      Child child, Pending pending, ServerRequest request, CallRelay relay) {
    while (true) {
      Pending.Event event = pending.next(request.deadline());
      CallOutcome outcome = outcome(event, pending, relay);
      if (outcome == null) {
        continue;
      }
      boolean left = event == null || event instanceof Pending.Event.Cancelled;
      if (left && !pending.withdraw()) {
        child.post(Envelope.cancelled(pending.id()));
      }
      return outcome;
    }
  }

  private static @Nullable CallOutcome outcome(
      Pending.@Nullable Event event, Pending pending, CallRelay relay) {
    return switch (event) {
      case null -> Failures.late(!pending.withdraw());
      case Pending.Event.Cancelled cancelled -> Failures.abandoned(!pending.withdraw());
      case Pending.Event.Ended ended when pending.withdraw() ->
          Failures.unreachable(ended.detail());
      case Pending.Event.Ended ended ->
          ended.broken() ? Failures.invalid(ended.detail()) : Failures.lost(ended.detail());
      case Pending.Event.Said said -> outcome(said.message(), relay);
    };
  }

  private static @Nullable CallOutcome outcome(ServerMessage message, CallRelay relay) {
    return switch (message) {
      case ServerMessage.Response response when response.result() != null ->
          new CallOutcome.Replied(response.result(), response.bytes());
      case ServerMessage.Response response when response.error() != null ->
          new CallOutcome.ServerError(response.error(), response.bytes());
      case ServerMessage.Notification notification ->
          relay.notification(notification) ? null : Failures.invalid("too many notifications");
      case ServerMessage other -> Failures.invalid("the answer is no response");
    };
  }
}
