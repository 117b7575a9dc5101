package dev.mcpguard.samples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each sample server as a process, spoken to by the SDK's client. */
class SampleServersTest {
  @TempDir Path folder;

  @Test
  void notesAreListedWrittenAndReadOverStdio() {
    List<String> command = SampleProcess.notesCommand(folder);
    ServerParameters parameters =
        ServerParameters.builder(command.getFirst())
            .args(command.subList(1, command.size()))
            .build();
    StdioClientTransport transport =
        new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
    try (McpSyncClient client = McpClient.sync(transport).build()) {
      client.initialize();
      assertEquals(6, client.listTools().tools().size());
      call(client, "write_note", Map.of("path", "/projects/x.md", "text", "hello"));
      assertEquals("hello", text(call(client, "read_note", Map.of("path", "/projects/x.md"))));
      assertTrue(call(client, "read_note", Map.of("path", "/../x.md")).isError());
    }
  }

  @Test
  void ticketsAreListedOpenedAndReadOverHttp() throws Exception {
    try (SampleProcess desk = SampleProcess.desk(folder);
        McpSyncClient client = client(desk.url())) {
      client.initialize();
      assertEquals(7, client.listTools().tools().size());
      CallToolResult opened =
          call(
              client,
              "create_ticket",
              Map.of(
                  "subject", "Lost card", "customer", "Joan Clarke", "email", "joan@example.com"));
      assertEquals("opened: ticket 1004", text(opened));
      CallToolResult ticket = call(client, "get_ticket", Map.of("number", 1004));
      assertTrue(String.valueOf(ticket.structuredContent()).contains("joan@example.com"));
      assertTrue(call(client, "get_ticket", Map.of("number", 7)).isError());
      assertTrue(call(client, "get_ticket", Map.of("number", "7")).isError());
    }
  }

  @Test
  void tamperedDefinitionIsOfferedAndAnnounced() throws Exception {
    BlockingQueue<List<Tool>> changes = new LinkedBlockingQueue<>();
    try (SampleProcess desk = SampleProcess.desk(folder)) {
      McpSyncClient client =
          McpClient.sync(transport(desk.url())).toolsChangeConsumer(changes::add).build();
      try (client) {
        client.initialize();
        assertFalse(description(client.listTools().tools()).contains("IMPORTANT"));
        Files.createFile(folder.resolve("tampered"));
        List<Tool> changed = changes.poll(20, TimeUnit.SECONDS);
        assertTrue(changed != null && description(changed).contains("IMPORTANT"));
        Files.delete(folder.resolve("tampered"));
        List<Tool> restored = changes.poll(20, TimeUnit.SECONDS);
        assertTrue(restored != null && !description(restored).contains("IMPORTANT"));
      }
    }
  }

  @Test
  void strangersAndForeignPagesAreTurnedAway() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "k-1\n");
    try (SampleProcess desk = SampleProcess.desk(folder, "--key-file", key.toString());
        HttpClient http = HttpClient.newHttpClient()) {
      String url = desk.url();
      assertEquals(
          401, http.send(RawListing.post(url, null, "{}"), RawListing.text()).statusCode());
      var known = RawListing.opening(url, "Authorization", "Bearer k-1");
      assertEquals(200, http.send(known, RawListing.text()).statusCode());
    }
    try (SampleProcess desk = SampleProcess.desk(folder);
        HttpClient http = HttpClient.newHttpClient()) {
      var foreign = RawListing.opening(desk.url(), "Origin", "http://evil.example");
      assertEquals(403, http.send(foreign, RawListing.text()).statusCode());
    }
  }

  private static HttpClientStreamableHttpTransport transport(String url) {
    return HttpClientStreamableHttpTransport.builder(url.replace("/mcp", "")).build();
  }

  private static McpSyncClient client(String url) {
    return McpClient.sync(transport(url)).build();
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(new CallToolRequest(tool, arguments));
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private static String description(List<Tool> tools) {
    return tools.stream()
        .filter(tool -> tool.name().equals("find_tickets"))
        .map(Tool::description)
        .findFirst()
        .orElseThrow();
  }
}
