package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.CrossEra;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.MirroredParameters;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolServer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/**
 * A tool server behind Streamable HTTP, of any revision the guard speaks. Sends exactly the decided
 * value, with the guard's own ids and credential, at most once; follows nothing and believes nothing
 * the server says about the call it answers. Thread-safe; blocks virtual threads only.
 */
public final class HttpToolServer implements ToolServer, ServerLink {
  private static final int MOST_SESSIONS = 1024;
  private static final int MOST_DEFINITIONS = 10_000;

  private static final String LISTEN = "subscriptions/listen";
  private static final Set<String> GONE =
      Set.of("resources/subscribe", "resources/unsubscribe", "logging/setLevel");
  private static final CallOutcome NOTED = new CallOutcome.Replied(JsonObject.of(), 0);

  private final HttpSender sender;
  private final ModernWire modern;
  private final PerCaller<LegacySession> sessions;
  private final LegacyWire legacy;
  private final SseWire sse;
  private final EraFinder era;
  private final InstantSource clock;
  private final ChangeListener changes;
  private final ConcurrentHashMap<Digest, MirroredParameters> mirrored = new ConcurrentHashMap<>();

  /**
   * Connects to nothing yet.
   *
   * @throws SSLException if a PEM file cannot be used
   */
  public HttpToolServer(
      HttpServerSettings settings, HttpRuntime runtime, ServerEvents events, InstantSource clock)
      throws SSLException {
    RequestIds ids = new RequestIds();
    sender = new HttpSender(settings, runtime);
    LegacyHandshake handshake = new LegacyHandshake(sender, ids);
    modern = new ModernWire(sender, ids, events);
    sessions = new PerCaller<>(handshake::open, session -> true, handshake::end, MOST_SESSIONS);
    legacy = new LegacyWire(sender, handshake, sessions, ids, events, settings.parks());
    sse = new SseWire(sender, ids, events);
    era = new EraFinder(modern, legacy, sse, settings.era());
    changes = new ChangeListener(era, modern, legacy, events);
    this.clock = clock;
  }

  /** Begins to listen for changes of the server's lists; call once. */
  public void listen() {
    changes.start();
  }

  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    ServedTool tool = call.classified().tool();
    if (mirrored.size() > MOST_DEFINITIONS) {
      mirrored.clear();
    }
    MirroredParameters parameters =
        mirrored.computeIfAbsent(
            tool.definitionDigest(), digest -> MirroredParameters.of(tool.definition()));
    Deadline deadline = Deadline.at(call.deadline(), clock);
    return send(
        ServerRequest.of(call, parameters.values(call.classified().arguments()), deadline),
        channel);
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    ServerRequest asked = ServerRequest.of(request, Deadline.at(request.deadline(), clock));
    String uri = asked.params().string("uri");
    if (asked.method().equals(LISTEN)) {
      changes.watch(uri == null ? "" : uri);
      return NOTED;
    }
    CallOutcome outcome = send(asked, channel);
    if (asked.method().equals("resources/subscribe")
        && outcome instanceof CallOutcome.Replied
        && uri != null) {
      changes.watch(uri);
    }
    return outcome;
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    return send(ServerRequest.of(listing, Deadline.at(listing.deadline(), clock)), channel);
  }

  @Override
  public JsonObject capabilities(Deadline deadline) {
    ServerRequest probe =
        ServerRequest.own(
            "server/discover",
            JsonObject.of(),
            Caller.guard(ProtocolVersion.LATEST_MODERN),
            deadline);
    return switch (era.choose(probe)) {
      case EraFinder.Choice.Modern chosen -> era.capabilities();
      case EraFinder.Choice.Legacy chosen -> chosen.session().capabilities();
      case EraFinder.Choice.TwoEndpoints chosen -> chosen.joined().capabilities();
      case EraFinder.Choice.Neither neither -> JsonObject.of();
    };
  }

  @Override
  public CallOutcome send(ServerRequest request, ReplyChannel client) {
    if (client.cancelled()) {
      return Failures.abandoned(false);
    }
    CallOutcome outcome = inItsEra(request, client);
    if (CrossEra.unspoken(outcome)) {
      // the server became another version: what it refused so did not run (protocol.md 4)
      era.forget();
      outcome = inItsEra(request, client);
    }
    if (outcome instanceof CallOutcome.Failed failed && suspicious(failed)) {
      era.forget();
    }
    return outcome;
  }

  private CallOutcome inItsEra(ServerRequest request, ReplyChannel client) {
    return switch (era.choose(request)) {
      // what this revision has no more, the guard does for the client (protocol.md 4)
      case EraFinder.Choice.Modern chosen when GONE.contains(request.method()) -> NOTED;
      case EraFinder.Choice.Modern chosen ->
          CrossEra.told(request, modern.send(request, client));
      case EraFinder.Choice.Legacy chosen ->
          CrossEra.withSession(request, () -> legacy.send(request, chosen.session(), client));
      case EraFinder.Choice.TwoEndpoints chosen ->
          CrossEra.withSession(request, () -> sse.send(request, chosen.joined(), client));
      case EraFinder.Choice.Neither neither -> neither.failure();
    };
  }

  /** A server that could not be reached may come back as another version. */
  private static boolean suspicious(CallOutcome.Failed failed) {
    return failed.reason() == ReasonCode.DOWNSTREAM_UNREACHABLE
        && failed.fate() == Fate.NOT_FORWARDED;
  }

  @Override
  public boolean mirrorsArguments() {
    return true;
  }

  @Override
  public void close() {
    changes.close();
    sessions.close();
    sse.close();
    sender.close();
  }
}
