package dev.mcpguard.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Fetches by HTTP: no redirects, no cookies, a cap on the body, and one deadline over the whole
 * exchange, which a server sending a byte a second cannot stretch (threat A6). Thread-safe.
 */
final class HttpKeyFetch implements KeyFetch {
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience the most a whole exchange may take
   * @param tls whom to trust, or null for those of the JDK
   */
  HttpKeyFetch(Duration patience, @Nullable SSLContext tls) {
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .version(HttpClient.Version.HTTP_1_1);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  @Override
  public byte[] get(URI url) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(patience)
            .header("Accept", "application/jwk-set+json, application/json")
            .GET()
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), KeySet.LONGEST));
    try {
      HttpResponse<byte[]> response = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (TimeoutException late) {
      throw new IOException("no whole answer within " + patience.toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      throw new IOException("the fetch failed: " + failed.getCause(), failed);
    } finally {
      exchange.cancel(true);
    }
  }
}
