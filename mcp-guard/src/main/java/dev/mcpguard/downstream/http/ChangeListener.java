package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream open on which a server that announces it tells that its tools changed: {@code
 * subscriptions/listen}, or the {@code GET} stream of the older revisions. A hint only: listings are
 * renewed without it too. One virtual thread.
 */
final class ChangeListener implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration CHOOSING = Duration.ofSeconds(10);
  private static final Duration UNSUPPORTED = Duration.ofMinutes(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** How one attempt ended. */
  private enum Attempt {
    ENDED,
    FAILED,
    UNSUPPORTED
  }

  private final EraFinder era;
  private final ModernWire modern;
  private final LegacyWire legacy;
  private final ServerEvents events;
  private final StopSignal stop = new StopSignal();
  private volatile @Nullable Thread thread;

  ChangeListener(EraFinder era, ModernWire modern, LegacyWire legacy, ServerEvents events) {
    this.era = era;
    this.modern = modern;
    this.legacy = legacy;
    this.events = events;
  }

  void start() {
    thread = Thread.ofVirtual().name("list-changes").start(this::run);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!stop.cancelled()) {
      Attempt attempt = listen();
      switch (attempt) {
        case ENDED -> pause = FIRST_PAUSE;
        case FAILED -> pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        case UNSUPPORTED -> pause = UNSUPPORTED;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException stopped) {
        return;
      }
      if (attempt == Attempt.ENDED) {
        // something may have been said while nobody listened
        events.listChanged("tools");
      }
    }
  }

  private Attempt listen() {
    Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
    JsonObject wanted = JsonObject.builder().put("toolsListChanged", true).build();
    JsonObject params = JsonObject.builder().put("notifications", wanted).build();
    ServerRequest probe =
        ServerRequest.own("subscriptions/listen", params, guard, Deadline.in(CHOOSING));
    ServerRequest request =
        ServerRequest.own("subscriptions/listen", params, guard, Deadline.in(LONGEST));
    return switch (era.choose(probe)) {
      case EraFinder.Choice.Modern chosen ->
          announced(era.capabilities())
              ? verdict(modern.exchange(request, stop))
              : Attempt.UNSUPPORTED;
      case EraFinder.Choice.Legacy chosen ->
          announced(chosen.session().capabilities())
              ? verdict(legacy.listen(request, chosen.session(), stop))
              : Attempt.UNSUPPORTED;
      case EraFinder.Choice.Neither unreachable -> Attempt.FAILED;
    };
  }

  private static boolean announced(JsonObject capabilities) {
    JsonObject tools = capabilities.object("tools");
    return tools != null && tools.get("listChanged") == JsonBoolean.TRUE;
  }

  private static Attempt verdict(HttpReply reply) {
    return switch (reply) {
      case HttpReply.Turned refused -> Attempt.UNSUPPORTED;
      case HttpReply.Answered answered when answered.response().error() != null ->
          Attempt.UNSUPPORTED;
      case HttpReply.Answered ended -> Attempt.ENDED;
      case HttpReply.NoAnswer lost -> Attempt.ENDED;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  @Override
  public void close() {
    stop.stop();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
