package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReplyChannel;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The {@code GET} streams of callers' sessions while calls run in them, for servers that ask there and
 * not on the stream of the call: the revisions say "should", and SDKs do it by default. A question is
 * the one running call's of its session; with more than one nothing says whose it is, and the server is
 * told that nobody can be asked. Only for callers that declared something a server may ask. Thread-safe.
 */
final class SessionStreams {
  /** Each holds a connection; a session beyond them goes without. */
  private static final int MOST = 64;

  /** The longest a call waits for the stream: a server without one says so at once. */
  private static final Duration OPENING = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration ANSWERING = Duration.ofSeconds(10);

  private final HttpSender sender;
  private final LegacyHandshake handshake;
  private final RequestIds ids;
  private final ServerEvents events;
  private final Map<LegacySession, Listening> open = new HashMap<>();
  private final Set<LegacySession> without = Collections.newSetFromMap(new WeakHashMap<>());

  SessionStreams(
      HttpSender sender, LegacyHandshake handshake, RequestIds ids, ServerEvents events) {
    this.sender = sender;
    this.handshake = handshake;
    this.ids = ids;
    this.events = events;
  }

  /** A running call's part in the stream of its session; closed when the call ends. */
  interface Seat extends AutoCloseable {
    Seat NONE = () -> {};

    @Override
    void close();
  }

  /** Begins to listen for what the server asks of {@code caller} while its call runs. */
  Seat join(LegacySession session, Caller caller, CallRelay call, Deadline deadline) {
    if (session.id() == null || caller.capabilities().members().isEmpty()) {
      return Seat.NONE;
    }
    Listening listening;
    synchronized (open) {
      listening = open.get(session);
      if (listening == null) {
        if (open.size() >= MOST || without.contains(session)) {
          return Seat.NONE;
        }
        Listening begun = new Listening(session);
        open.put(session, begun);
        Thread.ofVirtual().name("session-stream").start(begun::read);
        listening = begun;
      }
      listening.calls.add(call);
    }
    if (!listening.opened(deadline.within(OPENING))) {
      goWithout(session);
    }
    Listening joined = listening;
    return () -> leave(joined, call);
  }

  private void goWithout(LegacySession session) {
    synchronized (open) {
      without.add(session);
    }
  }

  private void leave(Listening listening, CallRelay call) {
    synchronized (open) {
      listening.calls.remove(call);
      if (listening.asked == call && listening.asker != null) {
        listening.asker.interrupt();
      }
      if (!listening.calls.isEmpty()) {
        return;
      }
      open.remove(listening.session, listening);
    }
    listening.stop.stop();
  }

  /** One stream; its fields below are guarded by {@link #open}. */
  private final class Listening implements RpcExchange.StreamPeer {
    private final LegacySession session;
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<CallRelay> calls = new ArrayList<>();
    private @Nullable CallRelay asked;
    private @Nullable Thread asker;

    /** Whose requests nobody but the guard answers. */
    private final CallRelay own;

    private final long id = ids.next();
    private final Deadline deadline = Deadline.in(LONGEST);

    Listening(LegacySession session) {
      this.session = session;
      ServerRequest none =
          ServerRequest.own("", JsonObject.of(), Caller.guard(session.version()), deadline);
      own = new CallRelay(none, id, ReplyChannel.NONE, events);
    }

    boolean opened(Deadline soon) {
      try {
        return begun.await(soon.remainingNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return true;
      }
    }

    void read() {
      Map<String, String> headers = session.headers();
      headers.put("Accept", "text/event-stream");
      try (OpenAnswer answer = sender.bare(HttpMethod.GET, headers, deadline, stop)) {
        if (answer.first() instanceof Inbound.Whole) {
          goWithout(session);
        }
        begun.countDown();
        new RpcExchange(id, deadline, own, this, sender.limits()).read(answer);
      } finally {
        begun.countDown();
      }
    }

    @Override
    public boolean respond(ServerMessage.Request question) {
      synchronized (open) {
        CallRelay only = calls.size() == 1 && asker == null ? calls.getFirst() : null;
        Thread answering =
            Thread.ofVirtual()
                .name("session-question")
                .unstarted(() -> answer(question, only == null ? own : only));
        if (only != null) {
          asked = only;
          asker = answering;
        }
        answering.start();
      }
      return true;
    }

    private void answer(ServerMessage.Request question, CallRelay by) {
      try {
        byte[] response = Envelope.response(question.id(), by.answer(question));
        handshake.notify(session, response, Deadline.in(ANSWERING));
      } finally {
        synchronized (open) {
          if (asked == by) {
            asked = null;
            asker = null;
          }
        }
      }
    }

    @Override
    public @Nullable OpenAnswer resume(String lastEvent) {
      return null;
    }
  }
}
