package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens links to servers of the transport of 2024-11-05. Thread-safe. */
final class SseHandshake {
  private static final Duration OPENING = Duration.ofSeconds(10);
  private static final int LONGEST_ADDRESS = 2048;

  private final HttpSender sender;
  private final SseWire wire;
  private final ServerEvents events;

  SseHandshake(HttpSender sender, SseWire wire, ServerEvents events) {
    this.sender = sender;
    this.wire = wire;
    this.events = events;
  }

  /** A link after its handshake. */
  record Joined(SseLink link, JsonObject capabilities) {}

  /** Opens a link and greets the server; never {@link Opening.Unspoken}. */
  Opening<Joined> open(Caller caller, Deadline deadline) {
    Deadline soon = deadline.within(OPENING);
    StopSignal stop = new StopSignal();
    OpenAnswer stream = sender.stream(soon, stop);
    EventStream parsed = new EventStream(sender.limits().answerBytes());
    String target = stream.first() instanceof Inbound.Opened ? address(stream, parsed, soon) : null;
    if (target == null) {
      stream.close();
      return new Opening.NotReady<>(
          Failures.unreachable("the server opens no event stream that names an address of its own"));
    }
    SseLink link = new SseLink(sender, events, target, stop);
    Thread.ofVirtual().name("sse-link").start(() -> link.read(stream, parsed));
    return greet(link, caller, soon);
  }

  private Opening<Joined> greet(SseLink link, Caller caller, Deadline deadline) {
    ServerRequest bare = ServerRequest.own("initialize", JsonObject.of(), caller, deadline);
    ServerRequest request =
        ServerRequest.own("initialize", SseWire.opening(bare), caller, deadline);
    CallOutcome outcome = wire.exchange(request, link, ReplyChannel.NONE);
    JsonObject result = outcome instanceof CallOutcome.Replied replied ? replied.result() : null;
    String version = result == null ? null : result.string("protocolVersion");
    JsonObject capabilities = result == null ? null : result.object("capabilities");
    ProtocolVersion agreed = version == null ? null : ProtocolVersion.ofText(version);
    boolean agreeable = agreed != null && !agreed.modern();
    byte[] initialized = Envelope.notification("notifications/initialized", null);
    if (agreeable
        && capabilities != null
        && link.post(initialized, deadline, ReplyChannel.NONE) == null) {
      return new Opening.Ready<>(new Joined(link, capabilities));
    }
    link.close();
    ReasonCode reason =
        outcome instanceof CallOutcome.Failed failed
            ? failed.reason()
            : ReasonCode.DOWNSTREAM_INVALID;
    return new Opening.NotReady<>(
        Failures.notSent(reason, "the handshake on the event stream did not end well"));
  }

  /** Waits for the event that names the address to post to; null if there is none in order. */
  private @Nullable String address(OpenAnswer stream, EventStream parsed, Deadline deadline) {
    while (true) {
      EventStream.Event event = parsed.poll();
      if (event != null) {
        return event.type().equals("endpoint")
            ? ownTarget(new String(event.data(), StandardCharsets.UTF_8))
            : null;
      }
      if (!(stream.next(deadline) instanceof Inbound.Data data) || !parsed.feed(data.bytes())) {
        return null;
      }
    }
  }

  /** INVARIANT: a server names paths of its own origin; it cannot send the guard elsewhere. */
  private @Nullable String ownTarget(String address) {
    if (address.isEmpty() || address.length() > LONGEST_ADDRESS) {
      return null;
    }
    try {
      URI resolved = sender.endpoint().uri().resolve(new URI(address));
      HttpEndpoint named = HttpEndpoint.of(resolved);
      return named.at("/").equals(sender.endpoint().at("/")) ? named.target() : null;
    } catch (URISyntaxException | IllegalArgumentException unreadable) {
      return null;
    }
  }
}
