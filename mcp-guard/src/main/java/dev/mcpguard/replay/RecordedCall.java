package dev.mcpguard.replay;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.identity.AgentStanding;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ToolCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record read back as the request it was made of. Immutable. */
record RecordedCall(LogEntry entry, JsonObject record) {

  static RecordedCall of(LogEntry entry) {
    return new RecordedCall(entry, entry.json());
  }

  JsonObject object(String name) {
    JsonObject object = record.object(name);
    return object == null ? JsonObject.of() : object;
  }

  @Nullable String text(String object, String name) {
    return object(object).string(name);
  }

  /** When the guard made the record. */
  Instant written() {
    return Instant.parse(String.valueOf(record.string("time")));
  }

  /** When it began: the clock was read for identity between this and {@link #written}. */
  Instant begun() {
    long micros = 1_000;
    for (JsonValue part : object("latency_us").members().values()) {
      Long taken = part instanceof JsonNumber number ? number.longValue() : null;
      micros += taken == null ? 0 : taken;
    }
    return written().minus(micros, ChronoUnit.MICROS);
  }

  /** When policy was asked, else when the record was made. */
  Instant decided() {
    JsonObject context = object("input").object("context");
    String time = context == null ? null : context.string("time");
    return time == null ? written() : Instant.parse(time);
  }

  /** The call as it came in, its caller known to be this agent. */
  IdentifiedCall call(JsonObject judged, AgentStanding.Registered caller) {
    JsonObject asked = object("asked");
    JsonObject flat = asked.object("flat");
    JsonObject arguments = judged;
    for (String name : flat == null ? Set.<String>of() : flat.members().keySet()) {
      JsonValue value = flat == null ? null : flat.get(name);
      arguments = value == null ? arguments : arguments.with(name, value);
    }
    JsonValue intent = asked.get("intent");
    JsonObject meta =
        intent == null ? JsonObject.of() : JsonObject.of().with(ToolCall.DECLARED_INTENT, intent);
    ToolCall call =
        new ToolCall(
            facts(), orEmpty(asked.string("server")), orEmpty(asked.string("tool")), arguments,
            meta, JsonObject.of());
    return new IdentifiedCall(call, principal(caller));
  }

  private RequestFacts facts() {
    String path = orEmpty(record.string("route"));
    String server = path.startsWith("/mcp/") ? path.substring("/mcp/".length()) : null;
    ProtocolVersion version = ProtocolVersion.ofText(orEmpty(record.string("protocol")));
    return new RequestFacts(
        orEmpty(record.string("decision_id")), orEmpty(record.string("front")),
        new Route(server, orEmpty(text("asked", "resource"))), Credential.none(),
        version == null ? ProtocolVersion.LATEST_MODERN : version,
        orEmpty(record.string("method")), record.get("request_id"), written(), 0,
        orEmpty(record.string("remote")), null, object("client"), object("trace"));
  }

  PrincipalKey key() {
    JsonObject said = object("principal");
    return new PrincipalKey(
        orEmpty(said.string("issuer")), orEmpty(said.string("subject")),
        orEmpty(said.string("client")));
  }

  private Principal principal(AgentStanding.Registered caller) {
    JsonObject said = object("principal");
    JsonObject claims = object("principal").object("claims");
    Digest token = Digest.ofText(orEmpty(said.string("token_digest")));
    String expires = said.string("expires_at");
    return new Principal(
        key(), caller.agent(), scopes(said.array("scopes")), claims == null ? JsonObject.of() : claims,
        caller.delegation(), details(claims),
        token == null ? Digest.of(new byte[0]) : token,
        expires == null ? Instant.EPOCH : Instant.parse(expires),
        orEmpty(said.string("authenticated_by")), said.string("tenant"));
  }

  private static Set<String> scopes(@Nullable JsonArray scopes) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonValue scope : scopes == null ? List.<JsonValue>of() : scopes.values()) {
      if (scope instanceof JsonString(String text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<JsonObject> details(@Nullable JsonObject claims) {
    JsonArray array = claims == null ? null : claims.array("authorization_details");
    List<JsonObject> details = new ArrayList<>();
    for (JsonValue entry : array == null ? List.<JsonValue>of() : array.values()) {
      if (entry instanceof JsonObject object) {
        details.add(object);
      }
    }
    return details;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
