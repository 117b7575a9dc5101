package dev.mcpguard.system;

/**
 * JSON-RPC messages as text; {@code params}, {@code members} and {@code id} are JSON text already.
 */
final class Rpc {
  private Rpc() {}

  static String idOf(Json message) {
    return message.get("id").map(Json::toString).orElse("null");
  }

  /**
   * @param outcome the {@code result} or {@code error} member
   */
  static String answer(String id, String outcome) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + outcome + "}";
  }

  static String error(int code, String message) {
    return "\"error\":{\"code\":%d,\"message\":%s}".formatted(code, new Json.Str(message));
  }

  static String request(String id, String method, String params) {
    return """
    {"jsonrpc":"2.0","id":%s,"method":"%s","params":{%s}}\
    """
        .formatted(id, method, params);
  }

  static String notification(String method, String params) {
    return """
    {"jsonrpc":"2.0","method":"notifications/%s","params":{%s}}\
    """
        .formatted(method, params);
  }
}
