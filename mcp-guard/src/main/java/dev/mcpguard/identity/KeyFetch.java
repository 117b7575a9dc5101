package dev.mcpguard.identity;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Gets a document from a configured URL, bounded in size and time, following nothing. */
@FunctionalInterface
interface KeyFetch {
  /** The most time one fetch takes, body included. */
  Duration PATIENCE = Duration.ofSeconds(5);

  byte[] get(URI url) throws IOException;
}
