package dev.mcpguard.publish.telemetry;

import dev.mcpguard.json.JsonObject;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** W3C trace context as members of {@code _meta}; baggage is neither read nor written. Pure. */
final class TraceCarrier {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<JsonObject> MEMBERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(JsonObject members) {
          return members.members().keySet();
        }

        @Override
        public @Nullable String get(@Nullable JsonObject members, String name) {
          return members == null ? null : members.string(name);
        }
      };

  private TraceCarrier() {}

  static Context read(JsonObject members) {
    return members.members().isEmpty()
        ? Context.root()
        : W3C.extract(Context.root(), members, MEMBERS);
  }

  static JsonObject write(Span span) {
    JsonObject.Builder members = JsonObject.builder();
    W3C.inject(
        Context.root().with(span),
        members,
        (builder, name, value) -> {
          if (builder != null) {
            builder.put(name, value);
          }
        });
    return members.build();
  }
}
