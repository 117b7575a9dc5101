package dev.mcpguard.app.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ServedTool;
import java.util.Objects;

/**
 * Compares values with a schema of the approved definition, {@code inputSchema} or {@code
 * outputSchema}, compiled once for each definition digest. Thread-safe.
 */
public final class KeptSchemas {
  private static final int KEPT = 5_000;

  private final String member;
  private final Cache<Digest, CompiledSchema> compiled =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  /** @param member the schema of a definition that is meant */
  public KeptSchemas(String member) {
    this.member = member;
  }

  /** Whether the value fits; a tool without the schema accepts nothing. */
  public boolean accept(ServedTool tool, JsonValue value) {
    JsonObject schema = tool.definition().object(member);
    return schema != null
        && Objects.requireNonNull(
                compiled.get(tool.definitionDigest(), digest -> CompiledSchema.of(schema)))
            .accepts(value);
  }
}
