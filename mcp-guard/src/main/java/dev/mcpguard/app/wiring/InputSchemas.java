package dev.mcpguard.app.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ServedTool;
import java.util.Objects;

/**
 * Validates arguments against the approved input schema, compiled once for each definition digest.
 * Thread-safe.
 */
public final class InputSchemas implements RuleClassifier.ArgumentSchemas {
  private static final int KEPT = 5_000;

  private final Cache<Digest, CompiledSchema> compiled =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  @Override
  public boolean accept(ServedTool tool, JsonObject arguments) {
    JsonObject schema = tool.definition().object("inputSchema");
    return schema != null
        && Objects.requireNonNull(
                compiled.get(tool.definitionDigest(), digest -> CompiledSchema.of(schema)))
            .accepts(arguments);
  }
}
