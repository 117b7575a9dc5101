package dev.mcpguard.front.legacy;

import dev.mcpguard.front.Caller;
import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ProtocolVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of one client remember of each other: the calls that run for it and the questions
 * the guard asked it. One per session, or per process on stdio. Thread-safe.
 */
public final class Conversation {
  private static final int MOST_QUESTIONS = 64;
  private static final int MOST_WATCHED = 1_000;

  private final ProtocolVersion version;
  private final JsonObject client;
  private final JsonObject capabilities;
  private final Map<JsonValue, Set<CancellableReply>> running = new ConcurrentHashMap<>();
  private final Map<JsonValue, CompletableFuture<JsonObject>> questions =
      new ConcurrentHashMap<>();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private volatile @Nullable JsonString logLevel;
  private final AtomicLong serial = new AtomicLong();

  /**
   * @param version the negotiated revision
   * @param client {@code clientInfo} as claimed
   * @param capabilities what the client declared
   */
  public Conversation(ProtocolVersion version, JsonObject client, JsonObject capabilities) {
    this.version = version;
    this.client = client;
    this.capabilities = capabilities;
  }

  public ProtocolVersion version() {
    return version;
  }

  /** The caller of a request of this conversation, without a session id. */
  public Caller caller() {
    return new Caller(version, null, client);
  }

  /** Remembers a running call, so that the client can cancel it by its id. */
  public void started(JsonValue id, CancellableReply call) {
    running.compute(
        id,
        (_, calls) -> {
          Set<CancellableReply> known = calls == null ? ConcurrentHashMap.newKeySet() : calls;
          known.add(call);
          return known;
        });
  }

  /** Forgets a call that ended. */
  public void ended(JsonValue id, CancellableReply call) {
    running.computeIfPresent(
        id,
        (_, calls) -> {
          calls.remove(call);
          return calls.isEmpty() ? null : calls;
        });
  }

  /**
   * What a request of this conversation says of its client to whoever serves it: what its handshake
   * declared and its revision has, and the log level it set.
   *
   * @param askable whether the client can be asked something before the answer to this request; if
   *     not, no kind of question is declared
   */
  public JsonObject declared(boolean askable) {
    JsonString level = logLevel;
    JsonObject offered =
        askable ? DeclaredInput.of(version, capabilities) : JsonObject.of();
    JsonObject stated = JsonObject.builder().put(ModernEnvelope.CAPABILITIES, offered).build();
    return level == null ? stated : stated.with(ModernEnvelope.LOG_LEVEL, level);
  }

  /** Whether the client wants to hear of the resource it names so. */
  public boolean watches(String uri) {
    return watched.contains(uri);
  }

  /** Takes in a message the gate let through: what it changes for later ones. */
  public void accept(Message message) {
    if (message instanceof Message.Request request) {
      settled(request);
    } else if (message instanceof Message.Response response) {
      CompletableFuture<JsonObject> question = questions.remove(response.id());
      if (question != null) {
        question.complete(response.body());
      }
    } else if (message instanceof Message.Notification notification
        && notification.method().equals("notifications/cancelled")) {
      JsonValue id = notification.params().get("requestId");
      Set<CancellableReply> calls = id == null ? null : running.get(id);
      if (calls != null) {
        calls.forEach(CancellableReply::cancel);
      }
    }
  }

  private void settled(Message.Request request) {
    String uri = request.params().string("uri");
    switch (request.method()) {
      case "logging/setLevel" ->
          logLevel = request.params().get("level") instanceof JsonString level ? level : null;
      case "resources/subscribe" -> {
        if (uri != null && watched.size() < MOST_WATCHED) {
          watched.add(uri);
        }
      }
      case "resources/unsubscribe" -> {
        if (uri != null) {
          watched.remove(uri);
        }
      }
      default -> {}
    }
  }

  /**
   * Asks the client and waits.
   *
   * @param call the call it is asked for; its cancellation ends the wait
   * @param send puts the request on the wire
   * @param patience the longest wait
   * @return the client's {@code result} or {@code error}, or null if it cannot be asked or is silent
   */
  public @Nullable JsonObject ask(
      CancellableReply call,
      String method,
      JsonObject params,
      Consumer<JsonObject> send,
      Duration patience) {
    if (!supports(method) || questions.size() >= MOST_QUESTIONS) {
      return null;
    }
    JsonValue id = new JsonString("guard-" + serial.incrementAndGet());
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    questions.put(id, answer);
    call.onCancel(() -> answer.cancel(false));
    try {
      send.accept(
          JsonObject.builder()
              .put("jsonrpc", "2.0")
              .put("id", id)
              .put("method", method)
              .put("params", params)
              .build());
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException silent) {
      return null;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      questions.remove(id);
    }
  }

  /** Whether the client declared what answers this request. */
  public boolean supports(String method) {
    int slash = method.indexOf('/');
    boolean known = DeclaredInput.METHODS.contains(method);
    return method.equals("ping")
        || (known && DeclaredInput.of(version, capabilities).has(method.substring(0, slash)));
  }

  /** Ends the conversation: whoever waits for the client stops waiting. */
  public void close() {
    questions.values().forEach(question -> question.cancel(false));
  }
}
