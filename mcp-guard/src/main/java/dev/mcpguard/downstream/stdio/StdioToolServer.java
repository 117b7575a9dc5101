package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.CrossEra;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ToolServer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tool server that is a child process. One child serves all callers, or one each where the server
 * keeps state; a child that ends takes its pending calls with it ({@code unknown}) and is started
 * again, not at once each time. Thread-safe.
 */
public final class StdioToolServer implements ToolServer, ServerLink {
  private static final int MOST_CHILDREN = 64;
  private static final Set<String> GONE =
      Set.of("resources/subscribe", "resources/unsubscribe", "logging/setLevel");

  private final StdioServerSettings settings;
  private final StdioStarter starter;
  private final StdioWire wire;
  private final InstantSource clock;
  private final Map<Optional<PrincipalKey>, ChildSlot> slots = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /** Starts nothing yet. */
  public StdioToolServer(StdioServerSettings settings, ServerEvents events, InstantSource clock) {
    this.settings = settings;
    this.wire = new StdioWire(new RequestIds());
    this.starter = new StdioStarter(settings, events, wire);
    this.clock = clock;
  }

  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    Deadline deadline = Deadline.at(call.deadline(), clock);
    return send(ServerRequest.of(call, Map.of(), deadline), channel);
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    ServerRequest asked = ServerRequest.of(request, Deadline.at(request.deadline(), clock));
    boolean listens = asked.method().equals("subscriptions/listen");
    // one child, one subscription: what it says of the resource reaches whoever may hear it
    ServerRequest sent =
        listens
            ? ServerRequest.own(
                "resources/subscribe", asked.params(), asked.caller(), asked.deadline())
            : asked;
    return send(sent, channel);
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    return send(ServerRequest.of(listing, Deadline.at(listing.deadline(), clock)), channel);
  }

  @Override
  public JsonObject capabilities(Deadline deadline) {
    ChildSlot slot = slot(null);
    return slot != null && slot.ready(deadline) instanceof StdioStarter.Start.Ready ready
        ? ready.capabilities()
        : JsonObject.of();
  }

  @Override
  public CallOutcome send(ServerRequest request, ReplyChannel client) {
    if (client.cancelled()) {
      return Failures.abandoned(false);
    }
    ChildSlot slot = slot(request.caller().principal());
    if (slot == null) {
      return Failures.unreachable("the server is being stopped");
    }
    return switch (slot.ready(request.deadline())) {
      // what this revision has no more, the guard does for the client (protocol.md 4)
      case StdioStarter.Start.Ready ready
          when ready.modern() && GONE.contains(request.method()) ->
          new CallOutcome.Replied(JsonObject.of(), 0);
      case StdioStarter.Start.Ready ready when ready.modern() ->
          CrossEra.told(request, wire.send(ready.child(), true, request, client));
      case StdioStarter.Start.Ready ready ->
          CrossEra.withSession(
              request, () -> wire.send(ready.child(), false, request, client));
      case StdioStarter.Start.NotReady failed -> failed.failure();
    };
  }

  private @Nullable ChildSlot slot(@Nullable PrincipalKey principal) {
    Optional<PrincipalKey> key =
        settings.perPrincipal() ? Optional.ofNullable(principal) : Optional.empty();
    ChildSlot evicted = null;
    ChildSlot slot;
    synchronized (slots) {
      if (closed) {
        return null;
      }
      slot = slots.computeIfAbsent(key, absent -> new ChildSlot(starter));
      if (slots.size() > MOST_CHILDREN) {
        evicted = slots.remove(slots.keySet().iterator().next());
      }
    }
    if (evicted != null) {
      Thread.ofVirtual().name("stdio-evict").start(evicted::stop);
    }
    return slot;
  }

  @Override
  public boolean mirrorsArguments() {
    return false;
  }

  @Override
  public void close() {
    List<ChildSlot> all;
    synchronized (slots) {
      closed = true;
      all = new ArrayList<>(slots.values());
      slots.clear();
    }
    all.forEach(ChildSlot::stop);
  }
}
