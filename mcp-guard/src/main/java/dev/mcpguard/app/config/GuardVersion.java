package dev.mcpguard.app.config;

import org.jspecify.annotations.Nullable;

/** The guard's own version, from the jar's manifest. */
public final class GuardVersion {
  private GuardVersion() {}

  /** The version, or {@code development} when run from classes. */
  public static String text() {
    @Nullable String version = GuardVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
