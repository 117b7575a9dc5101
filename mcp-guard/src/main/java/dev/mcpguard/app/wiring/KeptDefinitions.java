package dev.mcpguard.app.wiring;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry whose approved definitions are evidence: each is kept beside the log before it decides
 * anything. Only pinned definitions get here, so what is kept is bounded by the registry.
 * Thread-safe.
 */
final class KeptDefinitions implements ToolRegistry {
  static final String KIND = "definition";

  private final ToolRegistry registry;
  private final CallLog log;
  private final Set<Digest> kept = ConcurrentHashMap.newKeySet();

  KeptDefinitions(ToolRegistry registry, CallLog log) {
    this.registry = registry;
    this.log = log;
  }

  @Override
  public ToolLookup find(String server, String tool) {
    ToolLookup lookup = registry.find(server, tool);
    if (lookup instanceof ToolLookup.Found(ServedTool found)) {
      try {
        keep(found);
      } catch (AuditUnavailableException unwritable) {
        return new ToolLookup.NotServed(
            Refusal.of(
                ReasonCode.AUDIT_UNAVAILABLE, "the tool's definition cannot be kept as evidence"));
      }
    }
    return lookup;
  }

  private void keep(ServedTool tool) throws AuditUnavailableException {
    if (!kept.contains(tool.definitionDigest())) {
      log.keep(KIND, CanonicalJson.bytes(tool.definition()));
      kept.add(tool.definitionDigest());
    }
  }

  @Override
  public List<ServedTool> served(String server) {
    return registry.served(server);
  }

  @Override
  public List<String> servers() {
    return registry.servers();
  }

  @Override
  public Digest revision() {
    return registry.revision();
  }
}
