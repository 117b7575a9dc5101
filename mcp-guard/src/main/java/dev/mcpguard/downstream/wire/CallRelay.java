package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ReplyChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server says while one call runs, on its way to that call's client and to no other (threats
 * D2, D7). One per call, used on the call's thread.
 */
public final class CallRelay {
  /** More notifications than this end the call. */
  static final int MOST_NOTIFICATIONS = 10_000;

  private static final Set<String> CLIENT_METHODS =
      Set.of("sampling/createMessage", "elicitation/create", "roots/list");

  private final ServerRequest request;
  private final String ownToken;
  private final ReplyChannel channel;
  private final ServerEvents events;
  private int notifications;

  public CallRelay(ServerRequest request, long id, ReplyChannel channel, ServerEvents events) {
    this.request = request;
    this.ownToken = Envelope.progressToken(id);
    this.channel = channel;
    this.events = events;
  }

  /** Relays what belongs to this call, drops the rest; false once there were too many. */
  public boolean notification(ServerMessage.Notification message) {
    if (++notifications > MOST_NOTIFICATIONS) {
      return false;
    }
    switch (message.method()) {
      case "notifications/progress" -> progress(message.params());
      case "notifications/message" -> log(message);
      case "notifications/tools/list_changed" -> events.listChanged("tools");
      case "notifications/resources/list_changed" -> events.listChanged("resources");
      case "notifications/prompts/list_changed" -> events.listChanged("prompts");
      case "notifications/resources/updated" -> updated(message.params().string("uri"));
      default -> {}
    }
    return true;
  }

  private void updated(@Nullable String uri) {
    if (uri != null) {
      events.resourceUpdated(uri);
    }
  }

  private void progress(JsonObject params) {
    JsonValue clientToken = request.progressToken();
    boolean ours =
        params.get("progressToken") instanceof JsonString token && token.value().equals(ownToken);
    if (clientToken != null && ours) {
      send("notifications/progress", params.with("progressToken", clientToken));
    }
  }

  private void log(ServerMessage.Notification message) {
    // a modern client asks for log messages per request; a legacy one gets what its session says
    String wanted = request.meta().string(MetaKeys.LOG_LEVEL);
    boolean asked = wanted != null || !request.caller().version().modern();
    if (asked && LogLevel.reaches(message.params().string("level"), wanted)) {
      send(message.method(), message.params());
    }
  }

  private void send(String method, JsonObject params) {
    channel.notification(
        JsonObject.builder()
            .put("jsonrpc", "2.0")
            .put("method", method)
            .put("params", params)
            .build());
  }

  /** The answer to a request of the server: {@code result} or {@code error}. May wait. */
  public JsonObject answer(ServerMessage.Request asked) {
    if (asked.method().equals("ping")) {
      return JsonObject.builder().put("result", JsonObject.of()).build();
    }
    JsonObject answer = null;
    if (CLIENT_METHODS.contains(asked.method()) && declared(asked)) {
      answer = channel.request(asked.method(), asked.params());
    }
    return answer == null ? refused() : answer;
  }

  private boolean declared(ServerMessage.Request asked) {
    String capability = asked.method().substring(0, asked.method().indexOf('/'));
    JsonObject offered = request.caller().capabilities().object(capability);
    // a capability that names no mode means forms only
    boolean byUrl = "url".equals(asked.params().string("mode"));
    return offered != null && (!byUrl || offered.has("url"));
  }

  /** The answer to what nobody can be asked. */
  public static JsonObject refused() {
    JsonObject error =
        JsonObject.builder().put("code", -32601).put("message", "method not found").build();
    return JsonObject.builder().put("error", error).build();
  }
}
