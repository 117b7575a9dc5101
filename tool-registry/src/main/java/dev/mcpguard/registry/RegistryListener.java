package dev.mcpguard.registry;

import dev.mcpguard.json.Finding;
import java.util.List;

/** Is told what became of changed manifests; called on the thread that looked. */
public interface RegistryListener {
  /** The new snapshot is in force. */
  void reloaded(RegistrySnapshot before, RegistrySnapshot now);

  /** The change was refused and the last good snapshot stays in force. Told once per change. */
  void refused(List<Finding> findings);
}
