package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks by HTTP as OPA asks for its bundles ({@code If-None-Match}, {@code Prefer} for long polls): no
 * redirects, no cookies, a cap on the body, one deadline over the whole exchange, which a server that
 * drips cannot stretch. Thread-safe.
 */
final class HttpBundleFetch implements BundleFetch, AutoCloseable {
  private static final String BUNDLES = "application/vnd.openpolicyagent.bundles";
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e]{0,1000}\"");

  private final BundleOrigin.Url origin;
  private final int largest;
  private final BearerToken token;
  private final HttpClient client;
  private final Duration patience;

  HttpBundleFetch(BundleOrigin.Url origin, int largest) throws ConfigException {
    this.origin = origin;
    this.largest = largest;
    this.token = new BearerToken(origin.token(), System::getenv);
    Duration hold = origin.polling().longPoll();
    this.patience = hold == null ? origin.polling().timeout() : origin.polling().timeout().plus(hold);
    SSLContext tls = ClientTls.context(origin.tls());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(origin.polling().timeout())
            .version(HttpClient.Version.HTTP_1_1);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  @Override
  public Fetched fetch(@Nullable String etag) throws InterruptedException {
    HttpRequest request;
    try {
      request = request(etag);
    } catch (IOException noToken) {
      return new Fetched.Failed(String.valueOf(noToken.getMessage()));
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
    try {
      return read(exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS), etag != null);
    } catch (TimeoutException late) {
      return new Fetched.Failed("no whole answer within " + patience.toMillis() + " ms");
    } catch (ExecutionException failed) {
      return new Fetched.Failed("the download failed: " + words(failed.getCause()));
    } finally {
      exchange.cancel(true);
    }
  }

  /** What went wrong; the body's cap is told by the JDK in words of its own. */
  private static String words(@Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getMessage() == null && root.getCause() != null) {
      root = root.getCause();
    }
    if (cause instanceof ConnectException) {
      return "no connection" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
    if (root == null) {
      return "unknown";
    }
    String message = root.getMessage();
    return root.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }

  private HttpRequest request(@Nullable String etag) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(origin.url())
            .timeout(patience)
            .header("Accept", "application/gzip, application/octet-stream, " + BUNDLES)
            .GET();
    if (etag != null) {
      builder.header("If-None-Match", etag);
    }
    Duration hold = origin.polling().longPoll();
    if (hold != null) {
      builder.header("Prefer", "modes=snapshot;wait=" + Math.max(1, hold.toSeconds()));
    }
    String bearer = token.current();
    return (bearer == null ? builder : builder.header("Authorization", "Bearer " + bearer)).build();
  }

  private static Fetched read(HttpResponse<byte[]> response, boolean conditional) {
    int status = response.statusCode();
    boolean holds =
        response.headers().firstValue("Content-Type").map(type -> type.startsWith(BUNDLES)).orElse(false);
    if (status == 304) {
      return conditional
          ? new Fetched.Unchanged(holds)
          : new Fetched.Failed("the server says `not modified` (304) to who has nothing");
    }
    if (status >= 300 && status < 400) {
      return new Fetched.Failed("the server redirects (" + status + "); name the final URL");
    }
    if (status != 200) {
      return new Fetched.Failed("the server answers with status " + status);
    }
    String etag =
        response.headers().firstValue("ETag").filter(text -> ETAG.matcher(text).matches()).orElse(null);
    return new Fetched.News(response.body(), etag, holds);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
