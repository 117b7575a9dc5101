package dev.mcpguard.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an honest answer into what a hostile mode sends instead, where that is a matter of messages
 * alone.
 */
final class Twist {
  private Twist() {}

  /** The messages to send, in order, the answer last; one message stands for itself. */
  static List<byte[]> messages(Hostility mode, Json request, String honest, Hostile hostile) {
    return switch (mode) {
      case WRONG_ID -> one(honest.replaceFirst("\"id\":[^,]*,", "\"id\":\"somebody-elses\","));
      case DUPLICATE_KEYS ->
          one(honest.substring(0, honest.length() - 1) + ",\"result\":{\"content\":[]}}");
      case OVERSIZED -> List.of(oversized(request, hostile.size()));
      case MALFORMED_JSON -> one(honest.substring(0, honest.length() - 2));
      case NOT_UTF8 -> List.of(notUtf8(honest));
      case SCRIPTED ->
          List.of(
              hostile
                  .script()
                  .replace("$ID", Rpc.idOf(request))
                  .getBytes(StandardCharsets.ISO_8859_1));
      case SECOND_ANSWER -> List.of(Bytes.of(honest), Bytes.of(honest.replace("false", "true")));
      case FORGED_DENIAL -> one(failed(request, -31001, "the call is denied"));
      case STATUS_500, REDIRECT, HEADER_SPLIT -> one(failed(request, -32603, "internal error"));
      case SERVER_REQUEST -> List.of(Bytes.of(samplingRequest()), Bytes.of(honest));
      case PROGRESS -> progress(request, honest);
      case NONE, HANG, CLOSE_MID_ANSWER, ACT_THEN_DROP, SLOW_BYTES, ENDLESS_NOTIFICATIONS ->
          one(honest);
    };
  }

  private static List<byte[]> one(String message) {
    return List.of(Bytes.of(message));
  }

  static String failed(Json request, int code, String message) {
    return Rpc.answer(Rpc.idOf(request), Rpc.error(code, message));
  }

  private static byte[] oversized(Json request, int size) {
    String frame =
        """
        "result":{"resultType":"complete","content":[{"type":"text","text":"%s"}]}\
        """;
    int padding = Math.max(0, size - Rpc.answer(Rpc.idOf(request), frame).length() + "%s".length());
    return Bytes.of(Rpc.answer(Rpc.idOf(request), frame.formatted("a".repeat(padding))));
  }

  private static byte[] notUtf8(String honest) {
    int quote = honest.lastIndexOf("\"content\"") + 1;
    byte[] bytes = honest.getBytes(StandardCharsets.ISO_8859_1);
    bytes[quote] = (byte) 0xff;
    return bytes;
  }

  private static String samplingRequest() {
    return Rpc.request("\"s1\"", "sampling/createMessage", "\"messages\":[],\"maxTokens\":1");
  }

  private static List<byte[]> progress(Json request, String honest) {
    List<byte[]> messages = new ArrayList<>();
    request
        .at("params", "_meta", "progressToken")
        .ifPresent(
            token -> {
              for (int step = 1; step <= 3; step++) {
                messages.add(Bytes.of(progress(token, step, request)));
              }
            });
    messages.add(Bytes.of(honest));
    return messages;
  }

  /**
   * One notification of an endless series: progress where the request has a token, else a log
   * message.
   */
  static byte[] notification(Json request, int number) {
    return Bytes.of(
        request
            .at("params", "_meta", "progressToken")
            .map(token -> progress(token, number, request))
            .orElse(Rpc.notification("message", "\"level\":\"info\",\"data\":" + number)));
  }

  /** Says which call it belongs to, so that a client can tell whether it is its own. */
  private static String progress(Json token, int step, Json request) {
    String about = request.at("params", "arguments").map(Json::toString).orElse("");
    return Rpc.notification(
        "progress",
        "\"progressToken\":%s,\"progress\":%d,\"message\":%s"
            .formatted(token, step, new Json.Str(about)));
  }
}
