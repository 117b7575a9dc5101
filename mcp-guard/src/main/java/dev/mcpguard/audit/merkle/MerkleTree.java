package dev.mcpguard.audit.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of RFC 6962 section 2.1 computed from the hashes of complete subtrees. Not
 * thread-safe.
 */
public final class MerkleTree {
  private final HashSource source;
  private final TreeHash hash = new TreeHash();

  public MerkleTree(HashSource source) {
    this.source = source;
  }

  /** The root of the first {@code size} leaves. */
  public byte[] root(long size) throws IOException {
    return size == 0 ? hash.empty() : range(0, size);
  }

  /** The inclusion proof of leaf {@code index} in the tree of {@code size} leaves. */
  public List<byte[]> inclusion(long index, long size) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<byte[]> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  private void path(long index, long from, long to, List<byte[]> proof) throws IOException {
    if (to - from == 1) {
      return;
    }
    long split = from + split(to - from);
    if (index < split) {
      path(index, from, split, proof);
      proof.add(range(split, to));
    } else {
      path(index, split, to, proof);
      proof.add(range(from, split));
    }
  }

  /** The proof that the tree of {@code older} leaves is a prefix of the tree of {@code newer}. */
  public List<byte[]> consistency(long older, long newer) throws IOException {
    if (older < 1 || older > newer) {
      throw new IllegalArgumentException("no consistency from " + older + " to " + newer);
    }
    List<byte[]> proof = new ArrayList<>();
    subproof(older, 0, newer, true, proof);
    return proof;
  }

  private void subproof(long older, long from, long to, boolean whole, List<byte[]> proof)
      throws IOException {
    if (older == to) {
      if (!whole) {
        proof.add(range(from, to));
      }
      return;
    }
    long split = from + split(to - from);
    if (older <= split) {
      subproof(older, from, split, whole, proof);
      proof.add(range(split, to));
    } else {
      subproof(older, split, to, false, proof);
      proof.add(range(from, split));
    }
  }

  private byte[] range(long from, long to) throws IOException {
    long width = to - from;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return source.hash(level, from >> level);
    }
    long split = from + split(width);
    byte[] left = range(from, split);
    return hash.node(left, range(split, to));
  }

  /** The largest power of two smaller than {@code width}. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
