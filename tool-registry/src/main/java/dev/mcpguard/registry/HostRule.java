package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.List;

/** A host name that matches one of the patterns. */
public record HostRule(JsonPointer argument, boolean optional, List<HostPattern> hosts)
    implements ArgumentRule {
  public HostRule {
    hosts = List.copyOf(hosts);
  }
}
