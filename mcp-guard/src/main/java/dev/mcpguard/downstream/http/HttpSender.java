package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.HeaderValue;
import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.model.ReplyChannel;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP requests to one server, each with the guard's own credential. Thread-safe and blocking, for
 * virtual threads.
 *
 * <p>INVARIANT: a request is written at most once. Another connection is tried only when the first
 * was closed before a byte was written (threat D9).
 */
final class HttpSender implements AutoCloseable {
  private final HttpEndpoint endpoint;
  private final HttpLimits limits;
  private final ConnectionPool pool;
  private final ServerSecret secret;

  HttpSender(HttpServerSettings settings, HttpRuntime runtime) throws SSLException {
    this.endpoint = settings.endpoint();
    this.limits = settings.limits();
    this.secret = settings.secret();
    SslContext context = endpoint.secure() ? settings.tls().context() : null;
    this.pool =
        new ConnectionPool(endpoint, limits, runtime, new Wiring(endpoint, limits, context));
  }

  HttpLimits limits() {
    return limits;
  }

  HttpEndpoint endpoint() {
    return endpoint;
  }

  /** Posts {@code body}. The answer must be closed. */
  OpenAnswer post(Map<String, String> headers, byte[] body, Deadline deadline, ReplyChannel client) {
    return post(endpoint.target(), headers, body, deadline, client);
  }

  /** Posts {@code body} to another target of the same server. The answer must be closed. */
  OpenAnswer post(
      String target,
      Map<String, String> headers,
      byte[] body,
      Deadline deadline,
      ReplyChannel client) {
    DefaultFullHttpRequest request = request(HttpMethod.POST, body);
    request.setUri(target);
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return open(request, headers, deadline, client, limits);
  }

  /** Sends a request without a body: {@code GET} for a stream, {@code DELETE} for a session. */
  OpenAnswer bare(
      HttpMethod method, Map<String, String> headers, Deadline deadline, ReplyChannel client) {
    return open(request(method, new byte[0]), headers, deadline, client, limits);
  }

  /** Opens an event stream that may last: its messages are bounded, their sum is not. */
  OpenAnswer stream(Deadline opening, ReplyChannel client) {
    Map<String, String> headers = Map.of("Accept", "text/event-stream");
    return open(
        request(HttpMethod.GET, new byte[0]), headers, opening, client, limits.endless());
  }

  private DefaultFullHttpRequest request(HttpMethod method, byte[] body) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, method, endpoint.target(), Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.HOST, endpoint.authority());
    request.headers().set(HttpHeaderNames.ACCEPT, "application/json, text/event-stream");
    return request;
  }

  private OpenAnswer open(
      FullHttpRequest request,
      Map<String, String> headers,
      Deadline deadline,
      ReplyChannel client,
      HttpLimits bounds) {
    headers.forEach((name, value) -> request.headers().set(name, value));
    Exchange exchange = new Exchange(bounds);
    try {
      authorize(request);
      pool.acquire(deadline);
    } catch (ConnectionPool.UnreachableException refused) {
      return new OpenAnswer(exchange, unreachable(refused), () -> {});
    }
    client.onCancel(exchange::cancel);
    return new OpenAnswer(exchange, first(request, exchange, deadline), pool::release);
  }

  private void authorize(FullHttpRequest request) throws ConnectionPool.UnreachableException {
    if (!secret.configured()) {
      return;
    }
    String credential = secret.current();
    if (credential == null || !HeaderValue.sendable(credential)) {
      throw new ConnectionPool.UnreachableException(
          "the credential for the server cannot be read or is no header value");
    }
    request.headers().set(secret.header(), credential);
  }

  private @Nullable Inbound first(FullHttpRequest request, Exchange exchange, Deadline deadline) {
    try {
      while (true) {
        Connection reused = pool.reuse();
        Connection connection = reused == null ? pool.connect(deadline) : reused;
        connection.send(request.retainedDuplicate(), exchange);
        Inbound event = exchange.next(deadline);
        if (!(event instanceof Inbound.NotSent)) {
          return event;
        }
        if (reused == null) {
          return new Inbound.Broken(false, "the server closed a new connection at once");
        }
      }
    } catch (ConnectionPool.UnreachableException unreachable) {
      return unreachable(unreachable);
    }
  }

  private static Inbound unreachable(ConnectionPool.UnreachableException cause) {
    return new Inbound.Broken(false, String.valueOf(cause.getMessage()));
  }

  @Override
  public void close() {
    pool.close();
  }
}
