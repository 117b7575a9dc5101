package dev.mcpguard.policy.bundle;

import org.jspecify.annotations.Nullable;

/** Asks for a bundle once. Thread-safe. */
@FunctionalInterface
interface BundleFetch {

  /**
   * Asks.
   *
   * @param etag what the server called the bundle at hand; null if there is none
   */
  Fetched fetch(@Nullable String etag) throws InterruptedException;

  /** What came back. */
  sealed interface Fetched {

    /**
     * News.
     *
     * @param etag what the server calls it, or null
     * @param holds whether the server holds questions back until there is news
     */
    record News(byte[] archive, @Nullable String etag, boolean holds) implements Fetched {}

    /** What is at hand is still what the server has. */
    record Unchanged(boolean holds) implements Fetched {}

    /** Nothing usable. */
    record Failed(String problem) implements Fetched {}
  }
}
