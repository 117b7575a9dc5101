package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the headers of a modern request with its body (protocol.md 2.3; threats C8, C9). The body
 * decides; headers only have to agree. Stateless.
 */
final class HeaderCheck {
  static final String VERSION = "mcp-protocol-version";
  private static final String METHOD = "mcp-method";
  private static final String NAME = "mcp-name";

  private HeaderCheck() {}

  /**
   * What does not agree, or null.
   *
   * @param tasks whether the methods of the tasks extension exist
   */
  static @Nullable String fault(
      RequestHead head, String version, String method, JsonObject params, boolean tasks) {
    if (!equal(head.all(VERSION), version)) {
      return "MCP-Protocol-Version does not equal the envelope";
    }
    if (!equal(head.all(METHOD), method)) {
      return "Mcp-Method does not equal the method";
    }
    String member =
        switch (method) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          case "tasks/get", "tasks/update", "tasks/cancel" -> tasks ? "taskId" : null;
          default -> null;
        };
    return member == null ? null : nameFault(head.all(NAME), params.string(member));
  }

  /** What does not agree on a notification, which need not carry the headers, or null. */
  static @Nullable String notificationFault(RequestHead head, String method) {
    List<String> methods = head.all(METHOD);
    return methods.isEmpty() || equal(methods, method)
        ? null
        : "Mcp-Method does not equal the method";
  }

  /** What does not agree between {@code Mcp-Param-*} and the arguments of a call, or null. */
  static @Nullable String parameterFault(RequestHead head, ToolCall call, ToolSchemas schemas) {
    JsonObject schema = schemas.inputSchema(call.server(), call.tool());
    return schema == null ? null : ParameterHeaders.fault(head, schema, call.arguments());
  }

  private static @Nullable String nameFault(List<String> names, @Nullable String named) {
    if (names.size() != 1) {
      return "not exactly one Mcp-Name";
    }
    if (named == null) {
      return null; // the parameters are refused as such
    }
    String decoded = HeaderValues.decode(names.getFirst());
    return named.equals(decoded) ? null : "Mcp-Name does not equal the body";
  }

  private static boolean equal(List<String> values, String wanted) {
    return values.size() == 1 && values.getFirst().equals(wanted);
  }
}
