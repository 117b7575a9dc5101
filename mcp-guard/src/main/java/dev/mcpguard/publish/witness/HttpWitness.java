package dev.mcpguard.publish.witness;

import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.model.WitnessReply;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A witness somewhere else. Follows no redirect, reads a bounded answer, ends by its timeout whatever
 * the other side does. Thread-safe; close it once.
 */
public final class HttpWitness implements WitnessEndpoint, AutoCloseable {
  private static final int LARGEST = 16 << 10;

  private final String prefix;
  private final Supplier<@Nullable String> token;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * @param prefix the submission prefix, {@code https} unless on loopback
   * @param token the bearer token, asked for at every request, or null for none
   * @param timeout the most one exchange may take
   * @param tls whom to trust, or null for those of the JDK
   */
  public HttpWitness(
      URI prefix, Supplier<@Nullable String> token, Duration timeout, @Nullable SSLContext tls) {
    String text = prefix.toString();
    this.prefix = text.endsWith("/") ? text : text + "/";
    this.token = token;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  @Override
  public WitnessReply addCheckpoint(String request) throws IOException {
    HttpResponse<byte[]> answer =
        exchange(
            request("add-checkpoint").POST(HttpRequest.BodyPublishers.ofString(request)).build());
    return switch (answer.statusCode()) {
      case 200 -> new WitnessReply.Cosigned(text(answer));
      case 409 -> new WitnessReply.Conflict(size(text(answer)));
      default -> new WitnessReply.Refused(answer.statusCode());
    };
  }

  private static long size(String text) throws IOException {
    String number = text.strip();
    if (!number.matches("0|[1-9][0-9]{0,17}")) {
      throw new IOException("the witness reports a conflict and no tree size");
    }
    return Long.parseLong(number);
  }

  @Override
  public @Nullable String newest(String origin) throws IOException {
    String name = URLEncoder.encode(origin, StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer =
        exchange(request("newest-checkpoint?origin=" + name).GET().build());
    return switch (answer.statusCode()) {
      case 200 -> text(answer);
      case 404 -> null;
      default -> throw new IOException("the witness answers " + answer.statusCode());
    };
  }

  private HttpRequest.Builder request(String name) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(prefix + name));
    String secret = token.get();
    if (secret != null) {
      request.header("Authorization", "Bearer " + secret);
    }
    return request.header("User-Agent", "mcp-guard");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** The client's own timeout ends with the headers; a body that trickles in is cut here. */
  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new IOException("the witness did not answer within " + timeout.toMillis() + "ms", late);
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the witness", stopped);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new IOException("the witness cannot be reached: " + cause, failed);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
