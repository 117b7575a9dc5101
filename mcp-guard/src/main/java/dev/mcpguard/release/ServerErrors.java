package dev.mcpguard.release;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import java.util.List;

/**
 * Which error of a server may be told to a client. INVARIANT: a server can neither forge a denial of
 * the guard (-31000..-31099) nor use a code that MCP keeps for the hop it speaks on.
 */
final class ServerErrors {
  private static final int LONGEST_MESSAGE = 4096;
  private static final long RESOURCE_MISSING = -32002;
  private static final long INVALID_PARAMS = -32602;
  private static final long CAPABILITY_MISSING = -32021;
  private static final long URL_ELICITATION = -32042;

  private ServerErrors() {}

  /** The error as {@code client} may see it. */
  static Release release(JsonObject error, ProtocolVersion client, String method) {
    Long code = error.get("code") instanceof JsonNumber number ? number.longValue() : null;
    if (code == null) {
      return withheld(0, "the server's error has no code");
    }
    if (code == CAPABILITY_MISSING) {
      return capability(error, client, method);
    }
    if (code == RESOURCE_MISSING && client.modern()) {
      return relay(error.with("code", JsonNumber.of(INVALID_PARAMS)));
    }
    boolean understood = code == URL_ELICITATION && client == ProtocolVersion.V2025_11_25;
    return understood || relayable(code, client)
        ? relay(error)
        : withheld(code, "the server used an error code that is not its to use");
  }

  private static boolean relayable(long code, ProtocolVersion client) {
    boolean ours = code <= -31000 && code >= -31099;
    boolean protocol = code <= -32020 && code >= -32099;
    boolean ambiguous = code <= -32000 && code >= -32019;
    return !ours && !protocol && !(ambiguous && client.modern());
  }

  private static Release capability(JsonObject error, ProtocolVersion client, String method) {
    JsonObject data = error.object("data");
    if (client.modern() && data != null && data.object("requiredCapabilities") != null) {
      return relay(error);
    }
    if (client.modern()) {
      return withheld(CAPABILITY_MISSING, "the server names no capability it needs");
    }
    if (!method.equals("tools/call")) {
      // only a tool has a result that can say so to the model
      return new Release.Withheld(
          Refusal.after(
                  ReasonCode.NOT_BRIDGEABLE,
                  Fate.EXECUTED,
                  "the server needs what the client did not declare")
              .withData(JsonObject.builder().put("feature", "client-capability").build()));
    }
    JsonObject text =
        JsonObject.builder()
            .put("type", "text")
            .put("text", "the tool needs something this client does not offer")
            .build();
    JsonObject result =
        JsonObject.builder().put("content", JsonArray.of(text)).put("isError", true).build();
    return new Release.Released(result, false, List.of());
  }

  private static Release relay(JsonObject error) {
    String message = error.string("message");
    String kept = message == null ? "" : message;
    JsonObject.Builder told = JsonObject.builder().putIfPresent("code", error.get("code"));
    told.put("message", new JsonString(cut(kept)));
    return new Release.Released(
        told.putIfPresent("data", error.get("data")).build(), true, List.of());
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_MESSAGE) {
      return text;
    }
    int end = LONGEST_MESSAGE;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static Release withheld(long code, String detail) {
    Refusal refusal = Refusal.after(ReasonCode.DOWNSTREAM_INVALID, Fate.EXECUTED, detail);
    return new Release.Withheld(
        refusal.withData(JsonObject.builder().put("serverCode", code).build()));
  }
}
