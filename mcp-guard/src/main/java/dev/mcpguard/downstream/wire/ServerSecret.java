package dev.mcpguard.downstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * The guard's own credential toward one server. Thread-safe. The text is read when it is needed,
 * never kept in a message, a record or a string form (threat A16).
 */
public interface ServerSecret {

  /** Whether the server takes a credential at all. */
  boolean configured();

  /** The header it travels in. */
  String header();

  /** The value of the header now, or null if it cannot be read. */
  @Nullable String current();

  /** No credential. */
  ServerSecret NONE =
      new ServerSecret() {
        @Override
        public boolean configured() {
          return false;
        }

        @Override
        public String header() {
          return "Authorization";
        }

        @Override
        public @Nullable String current() {
          return null;
        }
      };
}
