package dev.mcpguard.front.http;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Rendered;
import dev.mcpguard.front.http.FrontPages.Page;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds whole HTTP responses. */
final class Responses {
  private final Challenges challenges;

  Responses(Challenges challenges) {
    this.challenges = challenges;
  }

  /** The response to a request at an endpoint. */
  FullHttpResponse of(Rendered rendered, Arrival arrival, @Nullable String session) {
    JsonObject body = rendered.body();
    FullHttpResponse response =
        response(rendered.status(), body == null ? null : JsonText.bytes(body));
    if (body != null) {
      response.headers().set("content-type", "application/json");
    }
    if (rendered.status() == 503 || rendered.status() == 429) {
      response.headers().set("retry-after", String.valueOf(rendered.retrySeconds()));
    }
    if (session != null) {
      response.headers().set(Exchange.SESSION, session);
    }
    Refusal refusal = rendered.challenge();
    if (refusal != null) {
      challenge(response, refusal, arrival);
    }
    return response;
  }

  /** A page. */
  static FullHttpResponse of(Page page) {
    FullHttpResponse response =
        response(page.status(), page.body().getBytes(StandardCharsets.UTF_8));
    response.headers().set("content-type", page.contentType());
    return response;
  }

  /** A status alone. */
  static FullHttpResponse bare(int status) {
    return response(status, null);
  }

  private void challenge(FullHttpResponse response, Refusal refusal, Arrival arrival) {
    boolean presented = arrival.credential().present();
    for (String line : challenges.of(refusal, arrival.route(), presented)) {
      response.headers().add("www-authenticate", line);
    }
    String nonce = Challenges.nonce(refusal);
    if (nonce != null) {
      response.headers().set("dpop-nonce", nonce);
    }
  }

  private static FullHttpResponse response(int status, byte @Nullable [] body) {
    ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
    response.headers().set("cache-control", "no-store");
    response.headers().set("x-content-type-options", "nosniff");
    return response;
  }
}
