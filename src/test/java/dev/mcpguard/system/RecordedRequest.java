package dev.mcpguard.system;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One HTTP request as it reached a recording server.
 *
 * @param connection which connection it came on, counted from 1
 * @param body decoded from its framing
 * @param raw exactly the bytes on the wire, framing included
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the arrays are the exact bytes.
record RecordedRequest(int connection, HttpStream.Head head, byte[] body, byte[] raw) {
  String httpMethod() {
    return head.firstLine().split(" ", 2)[0];
  }

  String target() {
    String[] words = head.firstLine().split(" ", 3);
    return words.length > 1 ? words[1] : "";
  }

  Optional<String> header(String name) {
    return head.header(name);
  }

  /** The body, if it is JSON in UTF-8. */
  Optional<Json> json() {
    try {
      return Optional.of(
          Json.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString()));
    } catch (CharacterCodingException | JsonReader.Unreadable unreadable) {
      return Optional.empty();
    }
  }

  /** The JSON-RPC method, or empty text. */
  String rpcMethod() {
    return json().flatMap(body -> body.textAt("method")).orElse("");
  }

  boolean isCall() {
    return rpcMethod().equals("tools/call");
  }

  /** The tool called, or empty text. */
  String tool() {
    return isCall() ? json().flatMap(body -> body.textAt("params", "name")).orElse("") : "";
  }

  @Override
  public String toString() {
    return head.firstLine() + " " + rpcMethod() + " " + tool();
  }
}
