package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads W3C trace context; what is not valid is dropped, {@code baggage} always. */
public final class TraceContext {
  private static final Pattern PARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  private TraceContext() {}

  /** The valid {@code traceparent} and {@code tracestate} among the members. */
  static JsonObject of(JsonObject members) {
    return of(members.string("traceparent"), members.string("tracestate"));
  }

  /** Both if the parent is valid, else nothing. */
  public static JsonObject of(@Nullable String parent, @Nullable String state) {
    if (parent == null || !PARENT.matcher(parent).matches()) {
      return JsonObject.of();
    }
    JsonObject.Builder trace = JsonObject.builder().put("traceparent", parent);
    if (state != null && STATE.matcher(state).matches()) {
      trace.put("tracestate", state);
    }
    return trace.build();
  }
}
