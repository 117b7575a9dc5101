package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts children and finds out which revisions they speak: {@code server/discover} first; any error
 * or silence means an {@code initialize} handshake, in a new process if the first one ended.
 */
final class StdioStarter {
  private static final Duration PROBE = Duration.ofSeconds(3);

  private final StdioServerSettings settings;
  private final ServerEvents events;
  private final StdioWire wire;
  private final @Nullable Boolean pinned;

  StdioStarter(StdioServerSettings settings, ServerEvents events, StdioWire wire) {
    this.settings = settings;
    this.events = events;
    this.wire = wire;
    this.pinned =
        switch (settings.era()) {
          case AUTO -> null;
          case MODERN -> true;
          case LEGACY, HTTP_SSE -> false;
        };
  }

  /** How a start ended. */
  sealed interface Start {
    /** The child can be used. */
    record Ready(Child child, boolean modern, JsonObject capabilities) implements Start {}

    /** No child now; nothing of the call was sent. */
    record NotReady(CallOutcome.Failed failure) implements Start {}
  }

  Start start(Deadline deadline) {
    Map<String, String> environment = settings.environment().get();
    if (environment == null) {
      return unready("a secret of the server's environment cannot be read");
    }
    try {
      Child child = Child.start(settings, environment, events);
      JsonObject discovered =
          Boolean.FALSE.equals(pinned) ? null : discovered(child, deadline);
      if (discovered != null || Boolean.TRUE.equals(pinned)) {
        return new Start.Ready(child, true, discovered == null ? JsonObject.of() : discovered);
      }
      if (!child.alive()) {
        // some servers end on a request before the handshake
        child = Child.start(settings, environment, events);
      }
      return initialize(child, deadline);
    } catch (IOException failed) {
      return unready("the server's command cannot be started");
    }
  }

  /** What a modern server says it can do, or null if it is none. */
  private @Nullable JsonObject discovered(Child child, Deadline deadline) {
    Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
    ServerRequest request =
        ServerRequest.own("server/discover", JsonObject.of(), guard, deadline.within(PROBE));
    if (!(wire.send(child, true, request, ReplyChannel.NONE)
        instanceof CallOutcome.Replied replied)) {
      return null;
    }
    JsonArray versions = replied.result().array("supportedVersions");
    boolean modern =
        versions != null
            && versions.values().contains(new JsonString(ProtocolVersion.LATEST_MODERN.text()));
    return modern ? capabilities(replied) : null;
  }

  private Start initialize(Child child, Deadline deadline) {
    JsonObject params =
        JsonObject.builder()
            .put("protocolVersion", ProtocolVersion.LATEST_LEGACY.text())
            .put("capabilities", JsonObject.of())
            .put("clientInfo", Envelope.guardInfo())
            .build();
    Caller guard = Caller.guard(ProtocolVersion.LATEST_LEGACY);
    ServerRequest request = ServerRequest.own("initialize", params, guard, deadline);
    CallOutcome outcome = wire.send(child, false, request, ReplyChannel.NONE);
    String version =
        outcome instanceof CallOutcome.Replied replied
            ? replied.result().string("protocolVersion")
            : null;
    ProtocolVersion agreed = version == null ? null : ProtocolVersion.ofText(version);
    if (agreed == null || agreed.modern()) {
      child.stop();
      return unready("the server did not end the handshake with a version the guard speaks");
    }
    child.post(Envelope.notification("notifications/initialized", null));
    return new Start.Ready(child, false, capabilities(outcome));
  }

  private static JsonObject capabilities(CallOutcome outcome) {
    JsonObject stated =
        outcome instanceof CallOutcome.Replied replied
            ? replied.result().object("capabilities")
            : null;
    return stated == null ? JsonObject.of() : stated;
  }

  private static Start unready(String detail) {
    return new Start.NotReady(Failures.unreachable(detail));
  }
}
