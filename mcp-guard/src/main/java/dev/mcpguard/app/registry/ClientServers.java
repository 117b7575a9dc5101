package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.json.VisibleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a desktop client's configuration: {@code {"mcpServers": {name: {command, args, env}
 * or {url, headers}}}}, also spelled {@code servers}. Values of the environment and headers are taken
 * for secrets: they become references, and their text goes nowhere.
 */
public final class ClientServers {
  private ClientServers() {}

  /**
   * One server of the list.
   *
   * @param name as a server id
   * @param target null when the entry cannot be used
   * @param remarks what the owner must do by hand
   */
  public record Entry(String name, @Nullable InspectTarget target, List<String> remarks) {
    public Entry {
      remarks = List.copyOf(remarks);
    }
  }

  /** The servers, or null when the document has no list of servers. */
  public static @Nullable List<Entry> of(byte[] document) throws MalformedJsonException {
    JsonObject root = StrictJson.parseObject(document, JsonLimits.message());
    JsonObject servers = root.object("mcpServers");
    if (servers == null) {
      servers = root.object("servers");
    }
    if (servers == null) {
      return null;
    }
    Map<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, JsonValue> each : servers.members().entrySet()) {
      if (each.getValue() instanceof JsonObject server) {
        Entry entry = entry(each.getKey(), server);
        String name = entry.name();
        for (int more = 2; entries.containsKey(name); more++) {
          name = entry.name() + "-" + more;
        }
        entries.put(name, new Entry(name, entry.target(), entry.remarks()));
      }
    }
    return List.copyOf(entries.values());
  }

  private static Entry entry(String given, JsonObject server) {
    List<String> remarks = new ArrayList<>();
    String name = name(given);
    String url = server.string("url");
    String command = server.string("command");
    if (url != null && !url.matches("(?i)https?://.+")) {
      remarks.add("its `url` is no http or https url");
      return new Entry(name, null, remarks);
    }
    if (url != null) {
      String secret = null;
      JsonObject headers = server.object("headers");
      for (String header : headers == null ? List.<String>of() : headers.members().keySet()) {
        if (header.equalsIgnoreCase("authorization")) {
          secret = "env:" + variable(name) + "_TOKEN";
          remarks.add("put the token of its `Authorization` header into " + secret);
        } else {
          remarks.add("its header `" + VisibleText.cut(header, 64) + "` has no place in a manifest");
        }
      }
      return new Entry(name, new InspectTarget(List.of(url), secret, null, null, Map.of()), remarks);
    }
    if (command == null) {
      remarks.add("it has neither `command` nor `url`");
      return new Entry(name, null, remarks);
    }
    List<String> words = new ArrayList<>(List.of(command));
    JsonArray arguments = server.array("args");
    for (JsonValue word : arguments == null ? JsonArray.of().values() : arguments.values()) {
      if (word instanceof JsonString text) {
        words.add(text.value());
      }
    }
    return new Entry(
        name, new InspectTarget(words, null, null, null, environment(name, server, remarks)), remarks);
  }

  private static Map<String, String> environment(
      String name, JsonObject server, List<String> remarks) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : List.of("PATH", "HOME")) {
      String value = System.getenv(variable);
      if (value != null) {
        environment.put(variable, value);
      }
    }
    JsonObject written = server.object("env");
    for (String variable : written == null ? List.<String>of() : written.members().keySet()) {
      if (variable.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
        String reference = "env:" + variable(name) + "_" + variable;
        environment.put(variable, reference);
        remarks.add("put the value of its `" + variable + "` into " + reference);
      }
    }
    return environment;
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_').replaceFirst("^(?=[0-9])", "_");
  }

  private static String name(String given) {
    String name =
        given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String fitting = name.substring(0, Math.min(28, name.length())).replaceAll("-+$", "");
    return fitting.isEmpty() ? "server" : fitting;
  }
}
