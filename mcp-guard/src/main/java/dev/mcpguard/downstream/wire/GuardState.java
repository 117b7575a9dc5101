package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a {@code requestState} that the guard minted is told from one of a server's. */
public final class GuardState {
  /** The first characters of every state of the guard. */
  public static final String PREFIX = "mcpguard.";

  private GuardState() {}

  /** The guard's state among what a retry carries, without the prefix, or null. */
  public static @Nullable String in(JsonObject retry) {
    String state = retry.string("requestState");
    return state != null && state.startsWith(PREFIX) ? state.substring(PREFIX.length()) : null;
  }
}
