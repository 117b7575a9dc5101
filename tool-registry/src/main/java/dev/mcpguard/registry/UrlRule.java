package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.List;
import java.util.Set;

/** An absolute URL with one of the schemes and a host that matches one of the patterns. */
public record UrlRule(
    JsonPointer argument, boolean optional, Set<String> schemes, List<HostPattern> hosts)
    implements ArgumentRule {
  public UrlRule {
    schemes = Set.copyOf(schemes);
    hosts = List.copyOf(hosts);
  }
}
