package dev.mcpguard.front.http;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.TraceContext;
import dev.mcpguard.front.http.RequestHead.Flaw;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the head of a request before its body is read: version, framing headers, {@code Host} and
 * {@code Origin} on every route first, then the path, then what the path needs. Thread-safe.
 */
final class HeadScreen {
  private final FrontSettings settings;
  private final FrontWiring wiring;
  private final DecisionIds ids;
  private final Paths paths;
  private final HostCheck hosts;

  HeadScreen(FrontSettings settings, FrontWiring wiring, DecisionIds ids) {
    this.settings = settings;
    this.wiring = wiring;
    this.ids = ids;
    this.paths = new Paths(settings, wiring.servers());
    this.hosts = new HostCheck(settings.hosts(), settings.origins());
  }

  /** What the head comes to. */
  sealed interface Verdict {
    /** Answered at once, without a body. */
    record Status(int status, String allow, String outcome) implements Verdict {}

    /** A page for operators or metadata, once the (empty) body has ended. */
    record Show(Paths.Target.Page page) implements Verdict {}

    /** A request to an endpoint. */
    record Endpoint(RequestHead head) implements Verdict {}
  }

  Verdict judge(HttpRequest request, Peer peer) {
    if (!framed(request)) {
      return new Verdict.Status(400, "", "http-400");
    }
    HttpHeaders headers = request.headers();
    ReasonCode foreign =
        !hosts.hostAccepted(headers)
            ? ReasonCode.HOST_REFUSED
            : !hosts.originAccepted(headers) ? ReasonCode.ORIGIN_REFUSED : null;
    Paths.Target target = paths.find(request.uri());
    if (target instanceof Paths.Target.Endpoint endpoint) {
      return endpoint(request, endpoint, peer, foreign);
    }
    if (foreign != null) {
      return new Verdict.Status(403, "", foreign.text());
    }
    return switch (target) {
      case Paths.Target.Endpoint _ -> throw new IllegalStateException("handled above");
      case Paths.Target.Nothing _ -> new Verdict.Status(404, "", "http-404");
      case Paths.Target.Unreadable _ -> new Verdict.Status(400, "", "http-400");
      case Paths.Target.Page page ->
          request.method().equals(HttpMethod.GET)
              ? new Verdict.Show(page)
              : new Verdict.Status(405, "GET", "http-405");
    };
  }

  private static boolean framed(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean coded = headers.contains("transfer-encoding");
    if (coded
        && (headers.getAll("transfer-encoding").size() != 1
            || !"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
            || headers.contains("content-length"))) {
      return false;
    }
    String length = headers.get("content-length");
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && (length == null || digits(length))
        && headers.getAll("content-length").size() <= 1
        && headers.getAll("host").size() == 1
        && !headers.contains("upgrade")
        && !headers.contains("http2-settings");
  }

  private static boolean digits(String length) {
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) < '0' || length.charAt(i) > '9') {
        return false;
      }
    }
    return !length.isEmpty() && length.length() <= 10;
  }

  private Verdict endpoint(
      HttpRequest request, Paths.Target.Endpoint target, Peer peer, @Nullable ReasonCode foreign) {
    String verb = request.method().name();
    EndpointForm form = target.form();
    boolean mcp = form instanceof EndpointForm.Mcp;
    boolean named = mcp && request.headers().contains(Exchange.SESSION);
    boolean streams = mcp && (named || settings.sse()) && verb.equals("GET");
    boolean ends = named && verb.equals("DELETE");
    if (!verb.equals("POST") && !streams && !ends) {
      return foreign == null
          ? new Verdict.Status(405, named ? "GET, POST, DELETE" : "POST", "http-405")
          : new Verdict.Status(403, "", foreign.text());
    }
    Route route = target.route();
    Credential credential =
        Credentials.read(request, route, target.tokenInQuery(), peer.thumbprint());
    HttpHeaders headers = request.headers();
    Arrival arrival =
        new Arrival(
            ids.next(),
            "http",
            route,
            credential,
            wiring.clock().instant(),
            0,
            peer.address(),
            TraceContext.of(headers.get("traceparent"), headers.get("tracestate")));
    boolean json = Media.accepts(headers, "application/json");
    boolean stream = Media.accepts(headers, "text/event-stream");
    RequestHead head = new RequestHead(verb, arrival, headers, json, stream, form, null);
    return new Verdict.Endpoint(head.withFlaw(flaw(head, foreign)));
  }

  private @Nullable Flaw flaw(RequestHead head, @Nullable ReasonCode foreign) {
    if (foreign != null) {
      return new Flaw(Refusal.of(foreign, "the header is not listed"), 403);
    }
    Credential credential = head.arrival().credential();
    if (!credential.present()) {
      return new Flaw(Refusal.of(ReasonCode.UNAUTHENTICATED, "no credential"), 0);
    }
    String flaw = credential.flaw();
    if (flaw != null) {
      return new Flaw(Refusal.of(ReasonCode.UNAUTHENTICATED, flaw), 0);
    }
    if (head.verb().equals("POST")) {
      return bodyFlaw(head);
    }
    return head.verb().equals("GET") && !head.stream()
        ? new Flaw(Refusal.of(ReasonCode.REQUEST_INVALID, "takes no event stream"), 406)
        : null;
  }

  private @Nullable Flaw bodyFlaw(RequestHead head) {
    String length = head.headers().get("content-length");
    if (length != null && Long.parseLong(length) > settings.limits().bodyBytes()) {
      return new Flaw(tooLarge(), 0);
    }
    String fault = Media.fault(head.headers());
    if (fault != null) {
      return new Flaw(Refusal.of(ReasonCode.REQUEST_INVALID, fault), 415);
    }
    boolean accepted =
        switch (head.form()) {
          case EndpointForm.Mcp mcp -> head.json() || head.stream();
          case EndpointForm.Command command -> head.json();
          case EndpointForm.Messages messages -> true;
        };
    return accepted
        ? null
        : new Flaw(Refusal.of(ReasonCode.REQUEST_INVALID, "takes neither answer"), 406);
  }

  Refusal tooLarge() {
    return Refusal.of(
        ReasonCode.TOO_LARGE, "the body is over " + settings.limits().bodyBytes() + " bytes");
  }
}
