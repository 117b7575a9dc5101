package dev.mcpguard.audit.merkle;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks proofs as RFC 9162 section 2.1.3.2 and 2.1.4.2 describe. Stateless. */
public final class ProofCheck {
  private ProofCheck() {}

  /** The root that an inclusion proof leads to, or null when it has the wrong shape. */
  public static byte @Nullable [] rootOf(
      byte[] leafHash, long index, long size, List<byte[]> proof) {
    if (index < 0 || index >= size) {
      return null;
    }
    TreeHash hash = new TreeHash();
    long node = index;
    long last = size - 1;
    byte[] root = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return null;
      }
      if ((node & 1) == 1 || node == last) {
        root = hash.node(sibling, root);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        root = hash.node(root, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 ? root : null;
  }

  /** Whether the tree of {@code older} leaves is a prefix of the tree of {@code newer}. */
  public static boolean consistent(
      long older, byte[] olderRoot, long newer, byte[] newerRoot, List<byte[]> proof) {
    if (older == newer) {
      return proof.isEmpty() && Arrays.equals(olderRoot, newerRoot);
    }
    if (older < 1 || older > newer || (proof.isEmpty() && Long.bitCount(older) != 1)) {
      return false;
    }
    Iterator<byte[]> path = proof.iterator();
    long node = older - 1;
    long last = newer - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    byte[] start = Long.bitCount(older) == 1 ? olderRoot : path.next();
    List<byte[]> roots = climb(node, last, start, path);
    return roots.size() == 2
        && Arrays.equals(roots.getFirst(), olderRoot)
        && Arrays.equals(roots.getLast(), newerRoot);
  }

  /** The roots of the older and the newer tree, or nothing when the proof has the wrong length. */
  private static List<byte[]> climb(
      long startNode, long startLast, byte[] start, Iterator<byte[]> path) {
    TreeHash hash = new TreeHash();
    long node = startNode;
    long last = startLast;
    byte[] old = start;
    byte[] fresh = start;
    while (path.hasNext()) {
      byte[] sibling = path.next();
      if (last == 0) {
        return List.of();
      }
      if ((node & 1) == 1 || node == last) {
        old = hash.node(sibling, old);
        fresh = hash.node(sibling, fresh);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        fresh = hash.node(fresh, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 ? List.of(old, fresh) : List.of();
  }
}
