package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.registry.Era;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions a server speaks: found once, kept with a date, asked again after a while and after
 * trouble. A server that speaks both is spoken to in its client's era. Thread-safe.
 */
final class EraFinder {
  private static final Duration HORIZON = Duration.ofHours(1);
  private static final Duration PROBE = Duration.ofSeconds(5);
  private static final long HEADER_MISMATCH = -32020;
  private static final long CAPABILITY_MISSING = -32021;
  private static final long VERSION_UNSUPPORTED = -32022;

  /** What is known; null is not known. */
  private record Knowledge(
      @Nullable Boolean modern,
      @Nullable Boolean legacy,
      boolean twoEndpoints,
      Deadline until) {}

  /** How to speak to the server for one request. */
  sealed interface Choice {
    /** Without a session. */
    record Modern() implements Choice {}

    /** In this session. */
    record Legacy(LegacySession session) implements Choice {}

    /** Over this event stream and the address beside it. */
    record TwoEndpoints(SseHandshake.Joined joined) implements Choice {}

    /** Not now. */
    record Neither(CallOutcome.Failed failure) implements Choice {}
  }

  private final ModernWire modern;
  private final LegacyWire legacy;
  private final SseWire sse;
  private final Era pinned;
  private final ReentrantLock probing = new ReentrantLock();
  private volatile Knowledge known;
  private volatile JsonObject capabilities = JsonObject.of();

  EraFinder(ModernWire modern, LegacyWire legacy, SseWire sse, Era pinned) {
    this.modern = modern;
    this.legacy = legacy;
    this.sse = sse;
    this.pinned = pinned;
    this.known = unknown();
  }

  private Knowledge unknown() {
    Deadline until = Deadline.in(HORIZON);
    return switch (pinned) {
      case AUTO -> new Knowledge(null, null, false, until);
      case MODERN -> new Knowledge(true, false, false, until);
      case LEGACY -> new Knowledge(false, true, false, until);
      case HTTP_SSE -> new Knowledge(false, false, true, until);
    };
  }

  /** What the server said it can do when it was asked in the modern way; empty if it was not. */
  JsonObject capabilities() {
    return capabilities;
  }

  /** Forgets what was found. */
  void forget() {
    known = unknown();
  }

  Choice choose(ServerRequest request) {
    if (known.until().passed()) {
      forget();
    }
    if (known.twoEndpoints()) {
      return twoEndpoints(request);
    }
    return request.caller().version().modern() ? preferModern(request) : preferLegacy(request);
  }

  private Choice preferModern(ServerRequest request) {
    Boolean speaksModern = known.modern();
    if (speaksModern == null) {
      CallOutcome.Failed failure = probe(request.deadline());
      if (failure != null) {
        return new Choice.Neither(failure);
      }
      speaksModern = known.modern();
    }
    return Boolean.TRUE.equals(speaksModern) ? new Choice.Modern() : session(request, false);
  }

  private Choice preferLegacy(ServerRequest request) {
    return Boolean.FALSE.equals(known.legacy()) ? bridged(request) : session(request, true);
  }

  private Choice session(ServerRequest request, boolean mayBridge) {
    return switch (legacy.session(request)) {
      case Opening.Ready<LegacySession>(LegacySession opened) -> {
        learnLegacy(true);
        yield new Choice.Legacy(opened);
      }
      case Opening.NotReady<LegacySession> failed -> new Choice.Neither(failed.failure());
      case Opening.Unspoken<LegacySession> refused -> {
        learnLegacy(false);
        yield mayBridge
            ? bridged(request)
            : twoEndpoints(request);
      }
    };
  }

  private Choice bridged(ServerRequest request) {
    if (known.modern() == null) {
      CallOutcome.Failed failure = probe(request.deadline());
      if (failure != null) {
        return new Choice.Neither(failure);
      }
    }
    return Boolean.TRUE.equals(known.modern())
        ? new Choice.Modern()
        : twoEndpoints(request);
  }

  /** The oldest transport, where the server by its own word speaks none of the others. */
  private Choice twoEndpoints(ServerRequest request) {
    if (pinned != Era.AUTO && pinned != Era.HTTP_SSE) {
      return new Choice.Neither(
          Failures.unreachable("the server does not speak the era its manifest pins"));
    }
    return switch (sse.link(request)) {
      case Opening.Ready<SseHandshake.Joined>(SseHandshake.Joined joined) -> {
        known = new Knowledge(known.modern(), known.legacy(), true, known.until());
        yield new Choice.TwoEndpoints(joined);
      }
      case Opening.NotReady<SseHandshake.Joined> failed -> new Choice.Neither(failed.failure());
      case Opening.Unspoken<SseHandshake.Joined> refused ->
          new Choice.Neither(Failures.unreachable(refused.detail()));
    };
  }

  private void learnLegacy(boolean spoken) {
    Knowledge before = known;
    if (before.legacy() == null || before.legacy() != spoken) {
      known = new Knowledge(before.modern(), spoken, false, before.until());
    }
  }

  private CallOutcome.@Nullable Failed probe(Deadline deadline) {
    try {
      if (!probing.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return Failures.late(false);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Failures.abandoned(false);
    }
    try {
      return known.modern() == null ? discover(deadline.within(PROBE)) : null;
    } finally {
      probing.unlock();
    }
  }

  private CallOutcome.@Nullable Failed discover(Deadline deadline) {
    Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
    HttpReply reply =
        modern.exchange(
            ServerRequest.own("server/discover", JsonObject.of(), guard, deadline),
            ReplyChannel.NONE);
    Boolean speaksModern = verdict(reply);
    if (speaksModern == null) {
      String detail =
          HttpVerdict.outcome(reply) instanceof CallOutcome.Failed failed
              ? failed.detail()
              : "no usable answer";
      return Failures.unreachable("the server's revision cannot be found: " + detail);
    }
    known = new Knowledge(speaksModern, known.legacy(), false, Deadline.in(HORIZON));
    JsonObject result =
        reply instanceof HttpReply.Answered answered ? answered.response().result() : null;
    JsonObject stated = result == null ? null : result.object("capabilities");
    capabilities = stated == null ? JsonObject.of() : stated;
    return null;
  }

  /** INVARIANT: 401, 403, 5xx and time-outs are never evidence of an era. */
  private static @Nullable Boolean verdict(HttpReply reply) {
    Long code = HttpVerdict.errorCode(reply);
    if (code != null && (code == HEADER_MISMATCH || code == CAPABILITY_MISSING)) {
      return true;
    }
    return switch (reply) {
      case HttpReply.Answered answered -> {
        JsonObject result = answered.response().result();
        yield code == null && result != null && supports(result);
      }
      case HttpReply.Turned turned when code != null && code == VERSION_UNSUPPORTED -> false;
      case HttpReply.Turned turned ->
          switch (turned.head().status()) {
            case 400, 404, 405 -> false;
            default -> null;
          };
      case HttpReply.NoAnswer none -> null;
    };
  }

  private static boolean supports(JsonObject result) {
    JsonArray versions = result.array("supportedVersions");
    return versions != null
        && versions.values().contains(new JsonString(ProtocolVersion.LATEST_MODERN.text()));
  }
}
