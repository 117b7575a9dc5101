package dev.mcpguard.system;

import java.util.List;

/**
 * What a recording tool server offers and how it behaves.
 *
 * @param tools tool definitions, each as served by {@code tools/list}
 * @param changedFromList from this listing on (counted from 1) the first definition has another
 *     description; 0: never
 */
record Behaviour(Era era, List<Json> tools, int changedFromList, Hostile hostile) {
  Behaviour {
    tools = List.copyOf(tools);
  }

  /** A well-behaved dual-era server; each definition is a JSON object as in {@code tools/list}. */
  static Behaviour ofTools(String... definitions) {
    return new Behaviour(
        Era.DUAL, List.of(definitions).stream().map(Json::read).toList(), 0, Hostile.NOT);
  }

  /**
   * A well-behaved dual-era server with the tools {@code echo}, {@code put} and {@code drop}: read,
   * write, admin.
   */
  static Behaviour standard() {
    return ofTools(
        tool("echo", "\"readOnlyHint\":true"),
        tool("put", "\"readOnlyHint\":false,\"destructiveHint\":false"),
        tool("drop", "\"destructiveHint\":true"));
  }

  private static String tool(String name, String hints) {
    return """
    {"name":"%s","description":"the tool %s","inputSchema":{"type":"object"},"annotations":{%s}}\
    """
        .formatted(name, name, hints);
  }

  Behaviour in(Era other) {
    return new Behaviour(other, tools, changedFromList, hostile);
  }

  Behaviour changedFromList(int listing) {
    return new Behaviour(era, tools, listing, hostile);
  }

  Behaviour with(Hostile other) {
    return new Behaviour(era, tools, changedFromList, other);
  }

  Behaviour with(Hostility mode) {
    return with(Hostile.of(mode));
  }
}
