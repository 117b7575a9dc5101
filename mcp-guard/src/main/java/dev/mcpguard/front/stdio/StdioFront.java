package dev.mcpguard.front.stdio;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.Subscription;
import dev.mcpguard.front.TaskWatch;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.front.legacy.InputRounds;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stdio front: one client, one endpoint, one JSON message a line in both directions, both eras.
 * Every message passes the gate once; requests run at the same time. Nothing but messages is written.
 */
public final class StdioFront {
  private static final Logger LOG = LoggerFactory.getLogger(StdioFront.class);

  private final StdioSettings settings;
  private final Gate gate;
  private final StdioWiring wiring;
  private final DecisionIds ids;
  private final InputRounds rounds;
  private final AnswerWriter writer;
  private final StdioReader reader;
  private final Output out;
  private final StdioListeners listeners;
  private final Semaphore places;
  private final Set<StdioReply> running = ConcurrentHashMap.newKeySet();
  private final Conversation modern =
      new Conversation(ProtocolVersion.LATEST_MODERN, JsonObject.of(), JsonObject.of());
  private volatile @Nullable Conversation legacy;

  public StdioFront(StdioSettings settings, Gate gate, StdioWiring wiring, OutputStream output) {
    this.settings = settings;
    this.gate = gate;
    this.wiring = wiring;
    ids = new DecisionIds(wiring.clock(), wiring.random());
    rounds = new InputRounds(gate, ids, wiring.clock(), CallerPlaces.UNLIMITED);
    writer = new AnswerWriter(settings.denials());
    reader = new StdioReader(new OwnAnswers(wiring.capabilities(), settings.version()));
    out = new Output(output);
    TaskWatch watch = new TaskWatch(gate, ids);
    listeners = new StdioListeners(out, settings.route(), wiring.clock(), () -> legacy, watch);
    places = new Semaphore(settings.running());
  }

  /** Serves until the input ends, then waits a little for what still runs and cancels the rest. */
  public void run(InputStream input) throws IOException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Lines lines = new Lines(input, settings.json().bytes());
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        line(line, threads);
      }
    } finally {
      finish(threads);
    }
  }

  /** Tells the client, if it wants to know, that a list ({@code tools}, ...) of a server changed. */
  public void announceListChanged(String server, String kind) {
    listeners.listChanged(server, kind);
  }

  /** Tells the client, if it watches it, that a resource of a server changed. */
  public void announceResourceUpdated(String server, String uri) {
    listeners.resourceUpdated(server, uri);
  }

  private void line(byte[] line, ExecutorService threads) {
    Arrival arrival = arrival(line.length);
    JsonValue document;
    if (Lines.tooLong(line)) {
      threads.execute(() -> refuse(arrival, ReasonCode.TOO_LARGE, "a line over the limit"));
      return;
    }
    try {
      document = StrictJson.parse(line, settings.json());
    } catch (MalformedJsonException malformed) {
      threads.execute(() -> refuse(arrival, ReasonCode.MALFORMED, malformed.problem()));
      return;
    }
    if (document instanceof JsonArray elements) {
      threads.execute(() -> batch(elements.values(), arrival));
    } else {
      message(Message.of(document), arrival, threads);
    }
  }

  /** Known here as running before the next line is read, so that this can be cancelled by it. */
  private void message(Message message, Arrival arrival, ExecutorService threads) {
    Turn turn = turn(message, arrival);
    boolean request = message instanceof Message.Request;
    if (request && !places.tryAcquire()) {
      Misread misread =
          new Misread(
              turn.read().facts(), Refusal.of(ReasonCode.OVERLOADED, "too many requests run"));
      threads.execute(() -> answer(misread, turn));
      return;
    }
    threads.execute(
        () -> {
          try {
            answer(turn.read(), turn);
          } finally {
            if (request) {
              places.release();
            }
          }
        });
  }

  /** One message under way. */
  private record Turn(
      Message message, GatedRequest read, Conversation conversation, StdioReply reply) {

    /** A notification or a response gets no answer; everything else gets one. */
    Rendering rendering() {
      return message instanceof Message.Notification || message instanceof Message.Response
          ? Rendering.ofNotification(read)
          : Rendering.of(read);
    }
  }

  private Turn turn(Message message, Arrival arrival) {
    Conversation before = legacy;
    GatedRequest read = reader.read(arrival, message, before);
    boolean isModern = before == null || read.facts().version().modern();
    Conversation asks = isModern ? null : before;
    StdioReply reply = new StdioReply(out, asks, settings.ask());
    Conversation conversation = before == null ? modern : before;
    running.add(reply);
    if (message instanceof Message.Request request) {
      conversation.started(request.id(), reply);
    }
    return new Turn(message, read, conversation, reply);
  }

  private void answer(GatedRequest request, Turn turn) {
    try {
      JsonObject body = ask(request, turn);
      if (body != null) {
        out.write(body);
      }
    } catch (RuntimeException bug) {
      LOG.error("a message failed in the front", bug);
    }
  }

  private @Nullable JsonObject ask(GatedRequest request, Turn turn) {
    Answer answer;
    try {
      answer = rounds.handle(request, turn.reply());
      if (answer instanceof Answer.Result result) {
        settle(request, turn);
        // while it can still be cancelled as a request: after that only as a subscription
        if (request instanceof ListenRequest listen && listens(listen, result, turn.reply())) {
          return null;
        }
      }
    } finally {
      running.remove(turn.reply());
      if (turn.message() instanceof Message.Request known) {
        turn.conversation().ended(known.id(), turn.reply());
      }
    }
    // a call the client cancelled gets no answer
    boolean cancelled = turn.reply().cancelled() && turn.message() instanceof Message.Request;
    return cancelled ? null : writer.inBand(answer, turn.rendering());
  }

  /** Whether the subscription is open now: its answer comes when it ends. */
  private boolean listens(ListenRequest listen, Answer.Result result, StdioReply reply) {
    return listeners.listen(
        listen, Subscription.honoured(result.result()), result.principal().expiresAt(),
        reply::cancelled);
  }

  /** What a message does once the gate let it through. */
  private void settle(GatedRequest request, Turn turn) {
    if (turn.message() instanceof Message.Request known
        && request instanceof LocalRequest
        && known.method().equals(Method.INITIALIZE.text())) {
      JsonObject capabilities = known.params().object("capabilities");
      legacy =
          new Conversation(
              request.facts().version(),
              request.facts().client(),
              capabilities == null ? JsonObject.of() : capabilities);
    } else {
      turn.conversation().accept(turn.message());
      if (turn.message() instanceof Message.Notification told
          && told.method().equals(Method.CANCELLED.text())) {
        listeners.cancel(told.params().get("requestId"));
      }
    }
  }

  private void batch(List<JsonValue> elements, Arrival arrival) {
    Conversation conversation = legacy;
    boolean allowed =
        conversation != null && conversation.version() == ProtocolVersion.V2025_03_26;
    if (!allowed || elements.isEmpty() || elements.size() > settings.batch()) {
      refuse(arrival, ReasonCode.REQUEST_INVALID, "a batch out of place");
      return;
    }
    List<JsonValue> answers = new ArrayList<>();
    for (JsonValue element : elements) {
      Turn turn = turn(Message.of(element), arrival.as(ids.next()));
      boolean handshake = turn.read().facts().method().equals(Method.INITIALIZE.text());
      GatedRequest request =
          handshake
              ? RequestReader.refuse(
                  turn.read().facts(), ReasonCode.REQUEST_INVALID, "initialize in a batch")
              : turn.read();
      JsonObject body = ask(request, turn);
      if (body != null) {
        answers.add(body);
      }
    }
    if (!answers.isEmpty()) {
      out.write(new JsonArray(answers));
    }
  }

  private void refuse(Arrival arrival, ReasonCode reason, String detail) {
    Misread misread =
        RequestReader.refuse(
            arrival.facts(Caller.UNKNOWN, "", null, JsonObject.of()), reason, detail);
    StdioReply reply = new StdioReply(out, null, settings.ask());
    JsonObject body = writer.inBand(gate.handle(misread, reply), Rendering.of(misread));
    if (body != null) {
      out.write(body);
    }
  }

  private Arrival arrival(int bytes) {
    return new Arrival(
        ids.next(),
        "stdio",
        settings.route(),
        wiring.credential().get(),
        wiring.clock().instant(),
        bytes,
        "stdio",
        JsonObject.of());
  }

  private void finish(ExecutorService threads) {
    listeners.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        running.forEach(StdioReply::cancel);
        if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
          threads.shutdownNow();
        }
      }
    } catch (InterruptedException stopped) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
