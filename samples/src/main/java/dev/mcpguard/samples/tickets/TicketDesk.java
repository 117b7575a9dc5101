package dev.mcpguard.samples.tickets;

import dev.mcpguard.samples.server.Options;
import dev.mcpguard.samples.server.SampleTool;
import dev.mcpguard.samples.server.UserErrorException;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/**
 * Serves a ticket desk over Streamable HTTP on 127.0.0.1: {@code TicketDesk --folder F --port N
 * [--key-file K]}. Prints {@code ready URL} on standard output when it listens; port 0 lets the
 * system choose. Exit code 2 for wrong options, a folder that cannot be used or a port that is
 * taken.
 */
public final class TicketDesk {
  private TicketDesk() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "samples-logback.xml");
    try {
      serve(Options.of(arguments, Set.of("folder", "port", "key-file")));
    } catch (UserErrorException | IOException | LifecycleException unusable) {
      System.err.println("ticket desk: " + unusable.getMessage());
      System.exit(2);
    }
  }

  private static void serve(Options options)
      throws UserErrorException, IOException, LifecycleException, InterruptedException {
    Path folder = options.path("folder");
    TicketShelf shelf = new TicketShelf(folder, Clock.systemUTC());
    DeskHttp http = new DeskHttp();
    McpSyncServer server =
        McpServer.sync(http.transport())
            .serverInfo("tickets", "1.0.0")
            .capabilities(ServerCapabilities.builder().tools(true).build())
            .tools(TicketTools.of(shelf).stream().map(SampleTool::specification).toList())
            .build();
    System.out.println("ready " + http.start(options.port("port"), key(options)));
    new TamperWatch(server, TicketTools.find(shelf), folder).watch();
  }

  private static @Nullable String key(Options options) throws IOException, UserErrorException {
    return options.optional("key-file") == null
        ? null
        : Files.readString(options.path("key-file")).strip();
  }
}
