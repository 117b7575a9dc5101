package dev.mcpguard.release;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.ResponseFilter;
import dev.mcpguard.model.TaskReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The release step: an answer leaves only if it has the shape its method defines, is small enough,
 * and everything that must be redacted could be. Stateless and thread-safe; every doubt withholds.
 */
public final class ReleaseFilter implements ResponseFilter {
  private static final String REDACT = "redact";
  private static final JsonString COMPLETE = new JsonString("complete");
  private static final String GUARD_KEYS = "dev.mcpguard/";
  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  private final ReleaseLimits limits;
  private final ResultSchemas schemas;

  /** A filter that does not compare structured results with their schema. */
  public ReleaseFilter(ReleaseLimits limits) {
    this(limits, ResultSchemas.UNCHECKED);
  }

  /**
   * @param schemas the output schemas that structured results must fit
   */
  public ReleaseFilter(ReleaseLimits limits, ResultSchemas schemas) {
    this.limits = limits;
    this.schemas = schemas;
  }

  @Override
  public boolean canDischarge(Obligation obligation) {
    return obligation.type().equals(REDACT) && paths(obligation) != null;
  }

  @Override
  public Release release(ClearedRequest call, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Failed failed ->
          new Release.Withheld(Refusal.after(failed.reason(), failed.fate(), failed.detail()));
      case CallOutcome.ServerError error when TaskRelease.unknown(call, error.error()) ->
          TaskRelease.forgotten();
      case CallOutcome.ServerError error -> error(call, error.error());
      case CallOutcome.Replied replied -> reply(call, replied);
      case CallOutcome.Waiting waiting ->
          reply(call, new CallOutcome.Replied(waiting.result(), 0));
    };
  }

  Release error(ClearedRequest call, JsonObject error) {
    List<RedactionPath> paths = demanded(call);
    if (paths == null) {
      return withheld("a redaction cannot be read");
    }
    // prose of a server may hold what has to be redacted
    JsonObject told =
        paths.isEmpty()
            ? error
            : error.without("data").with("message", new JsonString("the tool server failed"));
    return ServerErrors.release(told, version(call), call.facts().method());
  }

  private Release reply(ClearedRequest call, CallOutcome.Replied replied) {
    int most = limits.bytes();
    if (replied.bytes() > most) {
      return withheld("the answer is larger than " + most + " bytes");
    }
    TaskReference task = TaskRelease.task(call);
    if (task != null || TaskRelease.offered(call, replied.result())) {
      return new TaskRelease(this, call).release(task, replied.result());
    }
    JsonObject bridged = cacheable(bridged(replied.result(), version(call)), call);
    return result(call, call.facts().method(), replied.result(), bridged);
  }

  /**
   * Releases the result of a method.
   *
   * @param bridged {@code result} in the form it leaves in, but for what is redacted
   */
  Release result(ClearedRequest call, String method, JsonObject result, JsonObject bridged) {
    String flaw = ResultShape.flaw(method, result, capabilities(call));
    if (flaw == null && !StructuredResult.fits(call, result, schemas)) {
      flaw = "the structured result does not fit the tool's output schema";
    }
    if (flaw != null) {
      return refused(ReasonCode.DOWNSTREAM_INVALID, flaw);
    }
    List<RedactionPath> paths = demanded(call);
    if (paths == null) {
      return withheld("a redaction cannot be read");
    }
    if (paths.isEmpty()) {
      return new Release.Released(bridged, false, List.of());
    }
    ResultRedactor redactor = new ResultRedactor(paths);
    try {
      return new Release.Released(redactor.redact(bridged), false, redactor.redacted());
    } catch (Redaction.UnsafeException unsafe) {
      return withheld(String.valueOf(unsafe.getMessage()));
    }
  }

  static JsonObject capabilities(ClearedRequest call) {
    JsonObject stated = call.meta().object(CAPABILITIES);
    return stated == null ? JsonObject.of() : stated;
  }

  /** What a modern client may keep says for how long, and never for others (protocol.md 2.5). */
  private static JsonObject cacheable(JsonObject result, ClearedRequest call) {
    boolean kept =
        call.facts().version().modern()
            && call.facts().method().equals("resources/read")
            && COMPLETE.equals(result.get("resultType"));
    if (!kept) {
      return result;
    }
    JsonNumber stated =
        result.get("ttlMs") instanceof JsonNumber number
                && number.longValue() != null
                && number.longValue() >= 0
            ? number
            : JsonNumber.of(0);
    return result.with("ttlMs", stated).with("cacheScope", new JsonString("private"));
  }

  /** The result in the client's era, without keys a server must not set in the guard's name. */
  private static JsonObject bridged(JsonObject result, ProtocolVersion client) {
    JsonObject bridged = withoutForgeries(result);
    if (client.modern()) {
      return bridged.has("resultType") ? bridged : bridged.with("resultType", COMPLETE);
    }
    return COMPLETE.equals(bridged.get("resultType")) ? bridged.without("resultType") : bridged;
  }

  static JsonObject withoutForgeries(JsonObject result) {
    JsonObject meta = result.object("_meta");
    if (meta == null) {
      return result;
    }
    String[] forged =
        meta.members().keySet().stream()
            .filter(name -> name.startsWith(GUARD_KEYS))
            .toArray(String[]::new);
    return forged.length == 0 ? result : result.with("_meta", meta.without(forged));
  }

  /** Every redaction policy and registry demand, or null if one cannot be read. */
  @Nullable List<RedactionPath> demanded(ClearedRequest call) {
    List<RedactionPath> all = new ArrayList<>();
    for (Obligation obligation : call.obligations()) {
      List<RedactionPath> paths = obligation.type().equals(REDACT) ? paths(obligation) : null;
      if (obligation.type().equals(REDACT) && paths == null) {
        return null;
      }
      all.addAll(paths == null ? List.of() : paths);
    }
    for (JsonPointer pointer : call.redact()) {
      RedactionPath path = RedactionPath.ofText(pointer.text());
      if (path == null) {
        return null;
      }
      all.add(path);
    }
    return all;
  }

  private static @Nullable List<RedactionPath> paths(Obligation obligation) {
    JsonArray pointers = obligation.properties().array("pointers");
    if (pointers == null) {
      return null;
    }
    List<RedactionPath> paths = new ArrayList<>();
    for (JsonValue pointer : pointers.values()) {
      RedactionPath path =
          pointer instanceof JsonString text ? RedactionPath.ofText(text.value()) : null;
      if (path == null) {
        return null;
      }
      paths.add(path);
    }
    return paths;
  }

  private static ProtocolVersion version(ClearedRequest call) {
    return call.facts().version();
  }

  static Release withheld(String detail) {
    return refused(ReasonCode.RESPONSE_WITHHELD, detail);
  }

  static Release refused(ReasonCode reason, String detail) {
    return new Release.Withheld(Refusal.after(reason, Fate.EXECUTED, detail));
  }
}
