package dev.mcpguard.downstream.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the guard looks at in the head of an answer.
 *
 * @param status the HTTP status
 * @param contentType media type in lower case without parameters, or empty
 * @param session the {@code Mcp-Session-Id} header, or null
 */
record HttpHead(int status, String contentType, @Nullable String session) {

  static HttpHead of(HttpResponse response) {
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    int parameters = type.indexOf(';');
    String media = parameters < 0 ? type : type.substring(0, parameters);
    return new HttpHead(
        response.status().code(),
        media.strip().toLowerCase(Locale.ROOT),
        response.headers().get("Mcp-Session-Id"));
  }

  boolean streams() {
    return status == 200 && contentType.equals("text/event-stream");
  }

  /** What cannot be read safely about this head, or null. */
  static @Nullable String flaw(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      return "the head of the answer is not http";
    }
    List<String> codings = response.headers().getAll(HttpHeaderNames.CONTENT_ENCODING);
    if (!codings.isEmpty() && !codings.equals(List.of("identity"))) {
      return "the answer has a content coding that was not asked for";
    }
    if (response.headers().getAll(HttpHeaderNames.CONTENT_TYPE).size() > 1) {
      return "the answer has two content types";
    }
    return response.headers().getAll("Mcp-Session-Id").size() > 1
        ? "the answer has two session ids"
        : null;
  }
}
