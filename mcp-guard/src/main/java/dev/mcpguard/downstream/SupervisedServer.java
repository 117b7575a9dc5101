package dev.mcpguard.downstream;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ToolServer;
import java.util.function.Supplier;

/**
 * A server behind its circuit breaker. Where something has to be redacted from the answer, nothing
 * of the server flows to the client before it. Thread-safe.
 *
 * @param <S> the client proper
 */
final class SupervisedServer<S extends ToolServer & ServerLink> implements ToolServer, ServerLink {
  private final S server;
  private final CircuitBreaker breaker;

  SupervisedServer(S server, CircuitBreaker breaker) {
    this.server = server;
    this.breaker = breaker;
  }

  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    ReplyChannel open = redacts(call) ? new QuietChannel(channel) : channel;
    return watched(() -> server.call(call, open));
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    ReplyChannel open = redacts(request) ? new QuietChannel(channel) : channel;
    return watched(() -> server.ask(request, open));
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    return watched(() -> server.list(listing, channel));
  }

  @Override
  public JsonObject capabilities(Deadline deadline) {
    return breaker.state() == CircuitBreaker.State.OPEN
        ? JsonObject.of()
        : server.capabilities(deadline);
  }

  @Override
  public CallOutcome send(ServerRequest request, ReplyChannel client) {
    return watched(() -> server.send(request, client));
  }

  private CallOutcome watched(Supplier<CallOutcome> attempt) {
    if (!breaker.permits()) {
      return Failures.unreachable("the server did not answer lately; calls to it are paused");
    }
    CallOutcome outcome = attempt.get();
    switch (outcome) {
      case CallOutcome.Replied replied -> breaker.succeeded();
      case CallOutcome.ServerError error -> breaker.succeeded();
      case CallOutcome.Waiting waiting -> breaker.succeeded();
      case CallOutcome.Failed failed -> judge(failed);
    }
    return outcome;
  }

  private void judge(CallOutcome.Failed failed) {
    switch (failed.reason()) {
      case DOWNSTREAM_UNREACHABLE, DOWNSTREAM_TIMEOUT -> breaker.failed();
      case DOWNSTREAM_INVALID -> breaker.succeeded();
      default -> {}
    }
  }

  private static boolean redacts(ClearedRequest call) {
    for (Obligation obligation : call.permit().obligations()) {
      if (obligation.type().equals("redact")) {
        return true;
      }
    }
    return !call.redact().isEmpty();
  }

  @Override
  public boolean mirrorsArguments() {
    return server.mirrorsArguments();
  }

  CircuitBreaker.State state() {
    return breaker.state();
  }

  @Override
  public void close() {
    server.close();
  }
}
