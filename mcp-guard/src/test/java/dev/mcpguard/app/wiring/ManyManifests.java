package dev.mcpguard.app.wiring;

import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.registry.DefinitionDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A folder of many manifests, and servers that list exactly what is pinned there. */
final class ManyManifests {
  private final Path folder;
  private final int servers;
  private final int tools;
  private final JsonObject listing;

  ManyManifests(Path folder, int servers, int tools) throws IOException {
    this.folder = folder;
    this.servers = servers;
    this.tools = tools;
    List<JsonValue> definitions = new ArrayList<>();
    for (int tool = 0; tool < tools; tool++) {
      definitions.add(definition(tool));
    }
    this.listing = JsonObject.of().with("tools", new JsonArray(definitions));
    for (int server = 0; server < servers; server++) {
      write(server, "written first");
    }
  }

  static String server(int number) {
    return "server-" + number;
  }

  static String tool(int number) {
    return "get_item_" + number;
  }

  private static JsonObject definition(int number) {
    JsonObject text = JsonObject.builder().put("type", "string").build();
    JsonObject schema =
        JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.of().with("id", text))
            .build();
    return JsonObject.builder()
        .put("name", tool(number))
        .put("description", "Reads the item of this number from the store of items.")
        .put("inputSchema", schema)
        .build();
  }

  /** Writes one manifest by a rename, as the guard and editors do. */
  void write(int server, String purpose) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("schema: 1\nserver: ").append(server(server))
        .append("\nowner: team\ncontact: team@bank.example\npurpose: ").append(purpose)
        .append("\ntransport: {type: http, url: \"https://tools.bank.example/mcp\"}\n")
        .append("sensitivity: internal\ndestination: internal\ntools:\n");
    for (int tool = 0; tool < tools; tool++) {
      text.append("  ").append(tool(tool)).append(":\n    class: read\n    digest: ")
          .append(DefinitionDigest.of(definition(tool)).text())
          .append("\n    arguments:\n      id: {kind: text, longest: 64, optional: true}\n");
    }
    Path temporary = folder.resolve("." + server(server));
    Files.writeString(temporary, text);
    Files.move(
        temporary, folder.resolve(server(server) + ".yaml"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  int servers() {
    return servers;
  }

  int tools() {
    return tools;
  }

  /** The way to any of the servers: each lists the same tools. */
  ServerLink link() {
    return new ServerLink() {
      @Override
      public CallOutcome send(ServerRequest request, ReplyChannel client) {
        return new CallOutcome.Replied(listing, JsonText.text(listing).length());
      }

      @Override
      public boolean mirrorsArguments() {
        return false;
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
