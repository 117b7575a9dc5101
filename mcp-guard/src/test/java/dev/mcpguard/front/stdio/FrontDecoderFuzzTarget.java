package dev.mcpguard.front.stdio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fuzz target (invariants I1 and I3): from bytes to what the gate is asked, in every revision and on
 * both kinds of route. The first byte chooses revision and route, the rest is the message. What
 * becomes a tool call is, to another parser, a tool call of the same name; whatever is no request
 * becomes a {@link Misread}, and nothing throws.
 */
public final class FrontDecoderFuzzTarget {
  private static final JsonMapper OTHER = new JsonMapper();
  private static final StdioReader READER =
      new StdioReader(new OwnAnswers(_ -> JsonObject.of(), "1"));
  private static final Route ONE = new Route("files", "http://127.0.0.1/mcp/files");
  private static final Route ALL = new Route(null, "http://127.0.0.1/mcp");

  private FrontDecoderFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(data, 1, data.length);
    JsonValue document;
    try {
      document = StrictJson.parse(body, JsonLimits.message());
    } catch (MalformedJsonException refused) {
      return;
    }
    Message message = Message.of(document);
    Route route = (data[0] & 0x10) == 0 ? ONE : ALL;
    GatedRequest read = READER.read(arrival(route, body.length), message, conversation(data[0]));
    if (message instanceof Message.Invalid && !(read instanceof Misread)) {
      throw new AssertionError("not a message, yet read as " + read);
    }
    if (read instanceof ToolCall call) {
      assertSameCall(call, route, body);
    }
  }

  private static @Nullable Conversation conversation(byte choice) {
    ProtocolVersion[] versions = ProtocolVersion.values();
    ProtocolVersion version = versions[(choice & 0x0f) % versions.length];
    return version.modern()
        ? null
        : new Conversation(version, JsonObject.of(), JsonObject.of());
  }

  private static Arrival arrival(Route route, int bytes) {
    return new Arrival(
        "d", "stdio", route, Credential.none(), Instant.EPOCH, bytes, "stdio", JsonObject.of());
  }

  private static void assertSameCall(ToolCall call, Route route, byte[] body) {
    JsonNode other;
    try {
      other = OTHER.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException unreadable) {
      throw new AssertionError("a call another parser cannot read", unreadable);
    }
    String named = route.server() == null ? call.server() + "__" + call.tool() : call.tool();
    JsonNode params = other.path("params");
    boolean same =
        other.path("method").asText("").equals("tools/call")
            && params.path("name").asText("").equals(named)
            && (route.server() == null || call.server().equals(route.server()))
            && params.path("arguments").size() == call.arguments().members().size();
    if (!same || !named.matches("[A-Za-z0-9_.-]{1,128}")) {
      throw new AssertionError("to another parser this is another call than " + named);
    }
  }
}
