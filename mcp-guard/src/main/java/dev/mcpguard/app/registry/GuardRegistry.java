package dev.mcpguard.app.registry;

import dev.mcpguard.admin.OwnTools;
import dev.mcpguard.app.config.AdminConfiguration;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.ManifestCache;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;

/** The registry of a guard: its folder of manifests, and its own tools where they are switched on. */
public final class GuardRegistry {
  private GuardRegistry() {}

  /** Loads it, all or nothing; throws with every finding. */
  public static RegistrySnapshot load(GuardConfiguration configuration) throws ConfigException {
    return load(configuration, new ManifestCache());
  }

  /** As above; what did not change since the last time is not parsed again. */
  public static RegistrySnapshot load(GuardConfiguration configuration, ManifestCache cache)
      throws ConfigException {
    RegistrySnapshot folder = RegistryLoader.load(configuration.servers(), cache);
    AdminConfiguration admin = configuration.admin();
    return admin == null
        ? folder
        : folder.with(OwnTools.manifest(admin.owner(), admin.contact()));
  }
}
