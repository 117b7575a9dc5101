package dev.mcpguard.samples.quickstart;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tools of a server as it spells them; the SDK's client would lose what it does not know.
 */
final class RawListing {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;
  private static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}\
      """;
  private static final String LIST =
      """
      {"jsonrpc":"2.0","id":2,"method":"tools/list"}\
      """;

  private RawListing() {}

  static List<JsonObject> of(SampleProcess stdio) throws IOException, MalformedJsonException {
    stdio.send(INITIALIZE);
    stdio.line();
    stdio.send(INITIALIZED);
    stdio.send(LIST);
    return tools(stdio.line());
  }

  static List<JsonObject> of(String url)
      throws IOException, InterruptedException, MalformedJsonException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> opened = client.send(post(url, null, INITIALIZE), text());
      String session = opened.headers().firstValue("mcp-session-id").orElseThrow();
      client.send(post(url, session, INITIALIZED), text());
      String stream = client.send(post(url, session, LIST), text()).body();
      return tools(
          stream
              .lines()
              .filter(line -> line.startsWith("data:"))
              .map(line -> line.substring("data:".length()))
              .findFirst()
              .orElseThrow());
    }
  }

  static HttpRequest post(String url, @Nullable String session, String message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(message));
    if (session != null) {
      request.header("Mcp-Session-Id", session);
    }
    return request.build();
  }

  static HttpRequest opening(String url, String header, String value) {
    return HttpRequest.newBuilder(post(url, null, INITIALIZE), (name, kept) -> true)
        .header(header, value)
        .build();
  }

  static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static List<JsonObject> tools(String message) throws MalformedJsonException {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    JsonObject reply = StrictJson.parseObject(bytes, JsonLimits.message());
    JsonObject result = Objects.requireNonNull(reply.object("result"), message);
    JsonArray tools = Objects.requireNonNull(result.array("tools"), message);
    return tools.values().stream().map(JsonObject.class::cast).toList();
  }
}
