package dev.mcpguard.samples.notes;

import dev.mcpguard.samples.server.Options;
import dev.mcpguard.samples.server.SampleTool;
import dev.mcpguard.samples.server.UserErrorException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

/**
 * Serves a notebook over stdio: {@code NotesServer --folder F}. Ends when its client closes
 * standard input; exit code 2 for wrong options or a folder that cannot be used.
 */
public final class NotesServer {
  private NotesServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    // INVARIANT: standard output carries nothing but the protocol, whatever a library prints
    PrintStream protocol = System.out;
    System.setOut(System.err);
    System.setProperty("logback.configurationFile", "samples-logback.xml");
    try {
      Notebook notes = new Notebook(Options.of(arguments, Set.of("folder")).path("folder"));
      serve(notes, protocol);
    } catch (UserErrorException | IOException unusable) {
      System.err.println("notes server: " + unusable.getMessage());
      System.exit(2);
    }
    System.exit(0);
  }

  private static void serve(Notebook notes, PrintStream protocol) throws InterruptedException {
    EndOfInput input = new EndOfInput(System.in);
    McpSyncServer server =
        McpServer.sync(
                new StdioServerTransportProvider(McpJsonDefaults.getMapper(), input, protocol))
            .serverInfo("notes", "1.0.0")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .tools(NotesTools.of(notes).stream().map(SampleTool::specification).toList())
            .build();
    input.await();
    server.closeGracefully();
  }
}
