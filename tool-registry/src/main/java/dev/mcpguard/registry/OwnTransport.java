package dev.mcpguard.registry;

/**
 * The guard itself, in process: how its own tools are reached. There is one such server, of the
 * reserved id {@link #SERVER}; no manifest file can name it, only the guard's configuration can
 * switch it on. Immutable.
 */
public record OwnTransport() implements Transport {
  /** The reserved id of the guard's own server. */
  public static final String SERVER = "guard";

  @Override
  public Era era() {
    return Era.MODERN;
  }
}
