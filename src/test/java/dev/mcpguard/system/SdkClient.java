package dev.mcpguard.system;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The MCP Java SDK as a client from the command line, with the options and exit codes of the rig's
 * other clients: lists the tools, calls one, prints one line.
 */
public final class SdkClient {
  private static final int CONNECT = 3;
  private static final int REFUSED = 5;
  private static final int TOOL_ERROR = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private SdkClient() {}

  /** Takes {@code --url U --token-file F} or {@code -- COMMAND…}, and {@code --tool --args --intent}. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    List<String> command = new ArrayList<>();
    for (int at = 0; at < arguments.length; at++) {
      if (arguments[at].equals("--")) {
        command.addAll(List.of(arguments).subList(at + 1, arguments.length));
        break;
      }
      options.put(arguments[at], arguments[++at]);
    }
    System.exit(run(options, command));
  }

  private static int run(Map<String, String> options, List<String> command) throws Exception {
    int code = CONNECT;
    try (McpSyncClient client =
        McpClient.sync(transport(options, command)).requestTimeout(PATIENCE).build()) {
      client.initialize();
      List<String> tools = client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
      code = REFUSED;
      McpSchema.CallToolResult result = client.callTool(call(options));
      String content = new Json.Str(result.content().toString()).toString();
      System.out.println("{\"tools\":" + tools.size() + ",\"result\":" + content + "}");
      return Boolean.TRUE.equals(result.isError()) ? TOOL_ERROR : 0;
    } catch (McpError refused) {
      System.out.println(
          "{\"error\":{\"code\":"
              + refused.getJsonRpcError().code()
              + ",\"message\":"
              + new Json.Str(refused.getJsonRpcError().message())
              + "}}");
      return code;
    }
  }

  private static McpSchema.CallToolRequest call(Map<String, String> options) throws Exception {
    Map<String, Object> meta = new HashMap<>();
    if (options.containsKey("--intent")) {
      meta.put("dev.mcpguard/intent", map(options.get("--intent")));
    }
    return McpSchema.CallToolRequest.builder()
        .name(options.get("--tool"))
        .arguments(map(options.getOrDefault("--args", "{}")))
        .meta(meta)
        .build();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String json) throws Exception {
    return McpJsonDefaults.getMapper().readValue(json, Map.class);
  }

  private static McpClientTransport transport(Map<String, String> options, List<String> command)
      throws Exception {
    if (!command.isEmpty()) {
      ServerParameters child =
          ServerParameters.builder(command.getFirst())
              .args(command.subList(1, command.size()))
              .env(System.getenv())
              .build();
      return new StdioClientTransport(child, McpJsonDefaults.getMapper());
    }
    URI url = URI.create(options.get("--url"));
    String token = Files.readString(Path.of(options.get("--token-file"))).strip();
    return HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getAuthority())
        .endpoint(url.getPath())
        .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token))
        .build();
  }
}
