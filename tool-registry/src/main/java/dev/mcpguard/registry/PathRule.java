package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.List;

/**
 * A file path below one of the allowed folders, compared by whole components after {@link
 * CanonicalPath} read both.
 */
public record PathRule(JsonPointer argument, boolean optional, List<CanonicalPath> allowed)
    implements ArgumentRule {
  public PathRule {
    allowed = List.copyOf(allowed);
  }
}
