package dev.mcpguard.samples.tour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks the modern wire (MCP 2026-07-28): one POST a request, everything it needs inside. */
final class GuardClient implements AutoCloseable {
  private static final String VERSION = "2026-07-28";
  private static final String PREFIX = "io.modelcontextprotocol/";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AtomicInteger ids = new AtomicInteger();
  private final URI endpoint;

  GuardClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Lists the tools the holder of this token may see. */
  Reply list(String token) throws IOException, InterruptedException {
    return send(token, "tools/list", "", new LinkedHashMap<>(), Map.of());
  }

  /** Calls a tool; an empty intent declares nothing. */
  Reply call(String token, String tool, Map<String, Object> arguments, Map<String, Object> intent)
      throws IOException, InterruptedException {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", tool);
    params.put("arguments", arguments);
    return send(token, "tools/call", tool, params, intent);
  }

  private Reply send(
      String token,
      String method,
      String name,
      Map<String, Object> params,
      Map<String, Object> intent)
      throws IOException, InterruptedException {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put(PREFIX + "protocolVersion", VERSION);
    meta.put(PREFIX + "clientCapabilities", Map.of());
    meta.put(PREFIX + "clientInfo", Map.of("name", "tour", "version", "1"));
    if (!intent.isEmpty()) {
      meta.put("dev.mcpguard/intent", intent);
    }
    params.put("_meta", meta);
    Map<String, Object> message =
        Map.of("jsonrpc", "2.0", "id", ids.incrementAndGet(), "method", method, "params", params);
    HttpResponse<String> answer =
        http.send(
            request(token, method, name, Json.text(message)), HttpResponse.BodyHandlers.ofString());
    return new Reply(answer.statusCode(), body(answer));
  }

  private HttpRequest request(String token, String method, String name, String message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", VERSION)
            .header("Mcp-Method", method)
            .POST(HttpRequest.BodyPublishers.ofString(message));
    if (!name.isEmpty()) {
      request.header("Mcp-Name", name);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  /** The message of the answer: the body, or the last data of its stream. */
  private static Json body(HttpResponse<String> answer) throws IOException {
    boolean stream =
        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    String text =
        stream
            ? answer
                .body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .reduce("", (earlier, later) -> later.substring("data:".length()))
            : answer.body();
    return text.isBlank() ? new Json(null) : Json.parse(text);
  }

  @Override
  public void close() {
    http.close();
  }
}
