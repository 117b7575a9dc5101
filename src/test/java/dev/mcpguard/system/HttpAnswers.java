package dev.mcpguard.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * How a recording HTTP server answers one request: eras, sessions, streams and hostile modes.
 * Thread-safe.
 */
final class HttpAnswers {
  /** Whether the connection goes on after an answer. */
  enum Then {
    KEEP,
    CLOSE
  }

  private final ToolServer tools = new ToolServer();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final List<Wire> streams = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Behaviour behaviour;

  HttpAnswers(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  void behave(Behaviour other) {
    behaviour = other;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /** As after a restart: every session id is unknown from now on. */
  void forgetSessions() {
    sessions.clear();
  }

  /** Sends a message on every open GET or listen stream; returns how many there were. */
  int push(String message) {
    int sent = 0;
    List<Wire> left = new ArrayList<>();
    for (Wire stream : streams) {
      try {
        stream.event(Bytes.of(message));
        sent++;
      } catch (IOException peerHasLeft) {
        left.add(stream);
      }
    }
    streams.removeAll(left);
    return sent;
  }

  /** Lets everything that hangs go. */
  void close() {
    closing.countDown();
  }

  Then answer(RecordedRequest request, Wire wire) throws IOException, InterruptedException {
    return switch (request.httpMethod()) {
      case "POST" -> post(request, wire);
      case "GET" -> get(request, wire);
      case "DELETE" -> keep(wire, delete(request));
      default -> keep(wire, Wire.empty("405 Method Not Allowed", ""));
    };
  }

  private Then post(RecordedRequest request, Wire wire) throws IOException, InterruptedException {
    Optional<Json> body = request.json();
    if (body.isEmpty() || !(body.get() instanceof Json.Obj message)) {
      return keep(wire, Wire.json("400 Bad Request", "", Bytes.of(nobodys(-32700, "parse error"))));
    }
    Behaviour now = behaviour;
    Optional<byte[]> refusal = refusal(request, message, now);
    if (refusal.isPresent()) {
      return keep(wire, refusal.get());
    }
    if (message.textAt("method").filter("subscriptions/listen"::equals).isPresent()) {
      return listen(message, wire);
    }
    Optional<String> honest = tools.answer(message, now);
    if (honest.isEmpty()) {
      return keep(wire, Wire.empty("202 Accepted", ""));
    }
    return new HostilePlay(now.hostile(), closing, wire)
        .play(message, honest.get(), newSession(message));
  }

  /** What the server's era and sessions do not allow. */
  private Optional<byte[]> refusal(RecordedRequest request, Json message, Behaviour now) {
    boolean modern = ToolServer.isModern(message);
    if (modern && now.era().speaksModern()) {
      return Optional.empty();
    }
    if (!now.era().speaksLegacy()) {
      return Optional.of(Wire.json("400 Bad Request", "", Bytes.of(unsupported(message))));
    }
    if (!modern && message.textAt("method").filter("initialize"::equals).isPresent()) {
      return Optional.empty();
    }
    return sessionRefusal(request);
  }

  private Optional<byte[]> sessionRefusal(RecordedRequest request) {
    Optional<String> session = request.header("mcp-session-id");
    if (session.isEmpty()) {
      return Optional.of(Wire.json("400 Bad Request", "", Bytes.of(nobodys(-32000, "no session"))));
    }
    return sessions.contains(session.get())
        ? Optional.empty()
        : Optional.of(
            Wire.json("404 Not Found", "", Bytes.of(nobodys(-32001, "session not found"))));
  }

  private String newSession(Json message) {
    if (message.textAt("method").filter("initialize"::equals).isEmpty()) {
      return "";
    }
    String session = UUID.randomUUID().toString();
    sessions.add(session);
    return "Mcp-Session-Id: " + session + "\r\n";
  }

  private Then get(RecordedRequest request, Wire wire) throws IOException {
    if (!behaviour.era().speaksLegacy()) {
      return keep(wire, Wire.empty("405 Method Not Allowed", ""));
    }
    Optional<byte[]> refusal = sessionRefusal(request);
    return refusal.isPresent() ? keep(wire, refusal.get()) : hold(wire, Optional.empty());
  }

  private Then listen(Json message, Wire wire) throws IOException {
    String params =
        """
        "_meta":{"io.modelcontextprotocol/subscriptionId":%s},"notifications":%s\
        """
            .formatted(
                Rpc.idOf(message),
                message.at("params", "notifications").map(Json::toString).orElse("{}"));
    String acknowledged = Rpc.notification("subscriptions/acknowledged", params);
    return hold(wire, Optional.of(Bytes.of(acknowledged)));
  }

  /**
   * Leaves a stream open for {@link #push}; the connection is read on, so that it is seen when the
   * peer leaves.
   */
  private Then hold(Wire wire, Optional<byte[]> first) throws IOException {
    wire.beginEvents("");
    if (first.isPresent()) {
      wire.event(first.get());
    }
    streams.add(wire);
    return Then.KEEP;
  }

  private byte[] delete(RecordedRequest request) {
    Optional<byte[]> refusal = sessionRefusal(request);
    request.header("mcp-session-id").ifPresent(sessions::remove);
    return refusal.orElseGet(() -> Wire.empty("200 OK", ""));
  }

  private static Then keep(Wire wire, byte[] answer) throws IOException {
    wire.write(answer);
    return Then.KEEP;
  }

  private static String nobodys(int code, String message) {
    return Rpc.answer("null", Rpc.error(code, message));
  }

  private static String unsupported(Json message) {
    String error =
        """
        "error":{"code":-32022,"message":"unsupported version","data":{"supported":["%s"]}}\
        """
            .formatted(Era.MODERN_VERSION);
    return Rpc.answer(Rpc.idOf(message), error);
  }
}
