package dev.mcpguard.audit.merkle;

import java.io.IOException;

/** The hash of a complete subtree: of leaves {@code index << level} up to the next. */
@FunctionalInterface
public interface HashSource {
  byte[] hash(int level, long index) throws IOException;
}
