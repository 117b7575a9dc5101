package dev.mcpguard.downstream.bridge;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.GuardState;
import dev.mcpguard.downstream.wire.MetaKeys;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server whose questions reach modern clients too. A question in the middle of a call is answered
 * to the client as {@code input_required} while the call is held; the retry, which the gate decided
 * anew, goes on with it. The error -32042 becomes the same kind of answer. Thread-safe.
 *
 * @param <S> the client proper
 */
public final class BridgedServer<S extends ToolServer & ServerLink>
    implements ToolServer, ServerLink {
  private final S server;
  private final Tickets tickets;
  private final boolean parks;
  private final InstantSource clock;

  /**
   * @param parks whether calls may be held
   */
  public BridgedServer(S server, Tickets tickets, boolean parks, InstantSource clock) {
    this.server = server;
    this.tickets = tickets;
    this.parks = parks;
    this.clock = clock;
  }

  /** One cleared request of either kind. */
  private record Way(
      ClearedRequest cleared,
      Binding binding,
      JsonObject retry,
      Instant deadline,
      Function<ReplyChannel, CallOutcome> send) {}

  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    // a task asks by its state, and what it asks is answered by `tasks/update`
    if (!call.facts().version().modern() || call.classified().call().task() != null) {
      return server.call(call, channel);
    }
    JsonObject retry = call.classified().call().extra();
    return carry(
        new Way(call, Binding.of(call), retry, call.deadline(), to -> server.call(call, to)),
        channel);
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    if (!request.facts().version().modern()) {
      return server.ask(request, channel);
    }
    JsonObject retry = request.classified().call().params();
    return carry(
        new Way(
            request, Binding.of(request), retry, request.deadline(), to -> server.ask(request, to)),
        channel);
  }

  private CallOutcome carry(Way way, ReplyChannel channel) {
    String state = GuardState.in(way.retry());
    if (state == null) {
      return begin(way, channel);
    }
    Tickets.Ticket ticket = tickets.redeem(state, way.binding());
    if (ticket == null) {
      return Failures.notSent(
          ReasonCode.PARAMS_INVALID, "the requestState is not good for this request, or no more");
    }
    HeldCall held = ticket.held();
    return held == null ? begin(way, channel) : resume(held, way, channel);
  }

  private CallOutcome begin(Way way, ReplyChannel channel) {
    JsonObject offered = way.cleared().meta().object(MetaKeys.CAPABILITIES);
    boolean askable = offered != null && !offered.without(TasksExtension.EXTENSIONS).members().isEmpty();
    if (!parks || !askable || channel.mute()) {
      return translated(way.send().apply(channel), way, offered);
    }
    HeldCall held = new HeldCall(way.deadline(), clock);
    held.attach(channel, way.cleared().meta().get(MetaKeys.PROGRESS_TOKEN));
    Thread.ofVirtual().name("held-call").start(() -> run(held, way));
    return follow(held, way, offered);
  }

  private void run(HeldCall held, Way way) {
    try {
      held.ended(way.send().apply(held));
    } catch (RuntimeException | Error bug) {
      held.ended(Failures.lost("the held call failed: " + bug.getClass().getName()));
      throw bug;
    } finally {
      tickets.close(held);
    }
  }

  private CallOutcome resume(HeldCall held, Way way, ReplyChannel channel) {
    HeldCall.Next.Asks question = held.question();
    JsonObject responses = way.retry().object("inputResponses");
    JsonObject result = responses == null ? null : responses.object(InputDemand.KEY);
    if (result == null && question != null) {
      // what is missing is asked for again
      CallOutcome asked = park(held, way, question);
      return asked == null ? full(held) : asked;
    }
    held.attach(channel, way.cleared().meta().get(MetaKeys.PROGRESS_TOKEN));
    held.answer(result);
    return follow(held, way, way.cleared().meta().object(MetaKeys.CAPABILITIES));
  }

  private CallOutcome follow(HeldCall held, Way way, @Nullable JsonObject offered) {
    while (true) {
      switch (held.await()) {
        case HeldCall.Next.Ended(CallOutcome outcome) -> {
          return translated(outcome, way, offered);
        }
        case HeldCall.Next.Asks asked -> {
          CallOutcome waiting = park(held, way, asked);
          if (waiting != null) {
            return waiting;
          }
          held.answer(null);
        }
      }
    }
  }

  /** The demand for input, or null if too many calls are held. */
  private @Nullable CallOutcome park(HeldCall held, Way way, HeldCall.Next.Asks asked) {
    String state = tickets.issue(way.binding(), held);
    if (state == null) {
      return null;
    }
    held.park(asked);
    return new CallOutcome.Waiting(InputDemand.result(InputDemand.of(asked), state));
  }

  private static CallOutcome full(HeldCall held) {
    held.answer(null);
    return Failures.notSent(ReasonCode.BUDGET_SPENT, "too many calls are held");
  }

  /** A demand for elicitation by URL ends the call at the server: the client makes it again. */
  private CallOutcome translated(CallOutcome outcome, Way way, @Nullable JsonObject offered) {
    JsonObject elicitation = offered == null ? null : offered.object("elicitation");
    if (!(outcome instanceof CallOutcome.ServerError error)
        || elicitation == null
        || !elicitation.has("url")) {
      return outcome;
    }
    JsonObject requests = InputDemand.of(error.error());
    String state = requests == null ? null : tickets.issue(way.binding(), null);
    return requests == null || state == null
        ? outcome
        : new CallOutcome.Replied(InputDemand.result(requests, state), error.bytes());
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    return server.list(listing, channel);
  }

  @Override
  public CallOutcome send(ServerRequest request, ReplyChannel client) {
    return server.send(request, client);
  }

  @Override
  public JsonObject capabilities(Deadline deadline) {
    return server.capabilities(deadline);
  }

  @Override
  public boolean mirrorsArguments() {
    return server.mirrorsArguments();
  }

  @Override
  public void close() {
    server.close();
  }
}
