package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.ExposedUri;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.ServerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists that are fetched live. */
enum ListKind {
  RESOURCES("resources/list", "resources", "uri", PrimitiveKind.RESOURCE),
  TEMPLATES("resources/templates/list", "resourceTemplates", "uriTemplate", PrimitiveKind.RESOURCE),
  PROMPTS("prompts/list", "prompts", "name", PrimitiveKind.PROMPT);

  private static final String GUARD_KEYS = "dev.mcpguard/";

  private final String method;
  private final String member;
  private final String key;
  private final PrimitiveKind kind;

  ListKind(String method, String member, String key, PrimitiveKind kind) {
    this.method = method;
    this.member = member;
    this.key = key;
    this.kind = kind;
  }

  static @Nullable ListKind of(String method) {
    for (ListKind each : values()) {
      if (each.method.equals(method)) {
        return each;
      }
    }
    return null;
  }

  /** The member of the result that holds the entries. */
  String member() {
    return member;
  }

  PrimitiveKind of() {
    return kind;
  }

  /** What names an entry, or null if it is none of this list. */
  @Nullable String name(JsonObject entry) {
    String name = entry.string(key);
    return name == null || name.isEmpty() || entry.string("name") == null ? null : name;
  }

  /** The entry as the route shows it. */
  JsonObject exposed(JsonObject entry, Route route, String server) {
    JsonObject shown = withoutForgeries(entry);
    String name = entry.string(key);
    ServerId id = ServerId.ofText(server);
    if (route.server() != null || name == null || id == null) {
      return shown;
    }
    String exposed =
        kind == PrimitiveKind.PROMPT ? server + "__" + name : new ExposedUri(id, name).text();
    return shown.with(key, new JsonString(exposed));
  }

  private static JsonObject withoutForgeries(JsonObject entry) {
    JsonObject meta = entry.object("_meta");
    if (meta == null) {
      return entry;
    }
    List<String> forged =
        meta.members().keySet().stream().filter(each -> each.startsWith(GUARD_KEYS)).toList();
    return forged.isEmpty()
        ? entry
        : entry.with("_meta", meta.without(forged.toArray(new String[0])));
  }
}
