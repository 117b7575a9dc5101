package dev.mcpguard.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The complete subtrees at the right edge of a growing tree: appending and the root need no other
 * hash. Not thread-safe.
 */
public final class Frontier {
  private final TreeHash hash = new TreeHash();
  private final List<byte[]> peaks = new ArrayList<>();
  private long size;

  /** Leaves so far. */
  public long size() {
    return size;
  }

  /** Adds the hash of the next leaf. */
  public void add(byte[] leafHash) {
    byte[] node = leafHash;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      node = hash.node(peaks.removeLast(), node);
    }
    peaks.add(node);
    size++;
  }

  /** The root of what was added. */
  public byte[] root() {
    if (peaks.isEmpty()) {
      return hash.empty();
    }
    byte[] root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = hash.node(peaks.get(i), root);
    }
    return root;
  }
}
