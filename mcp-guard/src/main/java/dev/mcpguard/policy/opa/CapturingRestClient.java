package dev.mcpguard.policy.opa;

import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.rest.OpaRestClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The OPA Java client's transport for one question, with a deadline over the whole exchange (the
 * client has none, and the JDK's counts to the headers only), a cap on the answer, and the raw body
 * kept: the answer that counts is read from it by the strict parser.
 */
final class CapturingRestClient extends OpaRestClient {
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final String EMPTY_DOCUMENT = "{\"result\":{}}";

  private final HttpClient client;
  private final OpaSettings settings;
  private byte @Nullable [] body;

  CapturingRestClient(
      OpaConfiguration configuration, HttpClient client, ObjectMapper mapper, OpaSettings settings) {
    super(configuration, client, mapper);
    this.client = client;
    this.settings = settings;
  }

  /** The answer's body, or null if none came. */
  byte @Nullable [] body() {
    return body;
  }

  @Override
  public HttpRequest.Builder getBasicRequestBuilder(String url) {
    HttpRequest.Builder builder = super.getBasicRequestBuilder(url).timeout(settings.deadline());
    String token = settings.token().get();
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  @Override
  public <T> HttpResponse<T> sendRequest(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new Capped(LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> response =
          exchange.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("the OPA server answered with status " + response.statusCode());
      }
      body = response.body();
      return new Replayed<>(response, replay(handler));
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw new IOException("the OPA server gave no answer within " + settings.deadline(), late);
    } catch (ExecutionException failed) {
      throw new IOException(
          "the OPA server cannot be reached: " + kinds(failed.getCause()), failed.getCause());
    }
  }

  /** Kinds of failures, outermost first; a message may quote what the server sent and is left out. */
  private static String kinds(@Nullable Throwable failure) {
    StringBuilder kinds = new StringBuilder();
    for (Throwable at = failure; at != null && kinds.length() < 200; at = at.getCause()) {
      kinds.append(kinds.isEmpty() ? "" : ", ").append(at.getClass().getSimpleName());
    }
    return kinds.toString();
  }

  /**
   * Satisfies the client with an empty document: its own lenient reading of the body is not used.
   */
  private static <T> T replay(BodyHandler<T> handler) throws IOException {
    BodySubscriber<T> subscriber = handler.apply(new OkInfo());
    subscriber.onSubscribe(new NoDemand());
    subscriber.onNext(
        List.of(ByteBuffer.wrap(EMPTY_DOCUMENT.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    subscriber.onComplete();
    return subscriber.getBody().toCompletableFuture().join();
  }

  private record OkInfo() implements HttpResponse.ResponseInfo {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public java.net.http.HttpHeaders headers() {
      return java.net.http.HttpHeaders.of(java.util.Map.of(), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  private static final class NoDemand implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  private record Replayed<T>(HttpResponse<byte[]> original, T body) implements HttpResponse<T> {
    @Override
    public int statusCode() {
      return original.statusCode();
    }

    @Override
    public HttpRequest request() {
      return original.request();
    }

    @Override
    public java.util.Optional<HttpResponse<T>> previousResponse() {
      return java.util.Optional.empty();
    }

    @Override
    public java.net.http.HttpHeaders headers() {
      return original.headers();
    }

    @Override
    public java.util.Optional<javax.net.ssl.SSLSession> sslSession() {
      return original.sslSession();
    }

    @Override
    public java.net.URI uri() {
      return original.uri();
    }

    @Override
    public HttpClient.Version version() {
      return original.version();
    }
  }
}
