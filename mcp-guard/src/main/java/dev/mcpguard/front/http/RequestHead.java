package dev.mcpguard.front.http;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.model.Refusal;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request to an MCP endpoint.
 *
 * @param verb POST, GET or DELETE
 * @param arrival what is known before the body
 * @param headers all headers; read only
 * @param json whether the client takes {@code application/json}
 * @param stream whether the client takes {@code text/event-stream}
 * @param form in which form the endpoint is addressed
 * @param flaw why the request is refused without a look at its body, or null
 */
record RequestHead(
    String verb,
    Arrival arrival,
    HttpHeaders headers,
    boolean json,
    boolean stream,
    EndpointForm form,
    @Nullable Flaw flaw) {

  /** A refusal that the head alone gives cause for, with its HTTP status if it is a special one. */
  record Flaw(Refusal refusal, int status) {}

  /** The tool of the guard's own that the path names in the plain form, or null. */
  @Nullable String command() {
    return form.command();
  }

  /** The session whose messages are posted here (2024-11-05), or null. */
  @Nullable String messages() {
    return form.messages();
  }

  RequestHead withArrival(Arrival other) {
    return new RequestHead(verb, other, headers, json, stream, form, flaw);
  }

  RequestHead withFlaw(@Nullable Flaw found) {
    return new RequestHead(verb, arrival, headers, json, stream, form, found);
  }

  /** All values of a header, blanks around them removed. */
  List<String> all(String name) {
    return headers.getAll(name).stream().map(String::strip).toList();
  }
}
