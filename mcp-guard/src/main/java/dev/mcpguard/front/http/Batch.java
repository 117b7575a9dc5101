package dev.mcpguard.front.http;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.Rendered;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC batch of 2025-03-26: each element a request of its own, with its own decision and
 * record, one after the other; the answers in one array (threat C5).
 */
final class Batch {
  private final Exchange exchange;
  private final Session session;

  Batch(Exchange exchange, Session session) {
    this.exchange = exchange;
    this.session = session;
  }

  void run(List<JsonValue> elements) {
    List<JsonValue> answers = new ArrayList<>();
    Arrival arrival = exchange.arrival();
    for (JsonValue element : elements) {
      Rendered rendered = element(element, arrival);
      JsonObject body = rendered.body();
      if (body != null) {
        answers.add(body);
      } else if (rendered.status() != 202) {
        exchange.finish(rendered, null); // no token for one is no token for all
        return;
      } else {
        exchange.services().outcomes().count(rendered.outcome());
      }
      arrival = arrival.as(exchange.services().ids().next());
    }
    send(answers);
  }

  private Rendered element(JsonValue element, Arrival arrival) {
    Message message = Message.of(element);
    GatedRequest read = read(message, arrival);
    boolean due = message instanceof Message.Request || message instanceof Message.Invalid;
    Rendering as = due ? Rendering.of(read) : Rendering.ofNotification(read);
    Answer answer = new Turn(exchange, session).ask(message, read, new Quiet());
    Rendered rendered = exchange.services().writer().write(answer, as);
    boolean gone = answer instanceof Answer.Refused refused && isClientGone(refused.refusal());
    return gone ? new Rendered(202, null, null, rendered.outcome()) : rendered;
  }

  private static boolean isClientGone(Refusal refusal) {
    return refusal.reason() == ReasonCode.CLIENT_GONE; // cancelled: nothing is answered
  }

  private GatedRequest read(Message message, Arrival arrival) {
    if (message instanceof Message.Request request
        && request.method().equals(Method.INITIALIZE.text())) {
      return RequestReader.refuse(
          arrival.facts(session.caller(), request.method(), request.id(), request.params()),
          ReasonCode.REQUEST_INVALID,
          "initialize in a batch");
    }
    return session.read(arrival, message, false);
  }

  private void send(List<JsonValue> answers) {
    if (answers.isEmpty()) {
      exchange.reply().send(Responses.bare(202));
      return;
    }
    exchange.services().outcomes().count("result");
    FullHttpResponse response =
        Responses.of(
            new FrontPages.Page(
                200, "application/json", JsonText.text(new JsonArray(answers))));
    exchange.reply().send(response);
  }

  /** The reply of one element: it can be cancelled, and says nothing before its answer. */
  private static final class Quiet extends CancellableReply {
    @Override
    public void notification(JsonObject message) {}

    @Override
    public @Nullable JsonObject ask(String method, JsonObject params, Duration patience) {
      return null;
    }
  }
}
