package dev.mcpguard.audit.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 6962 roots and proofs: against known values and against the definition, for every size. */
final class MerkleTreeTest {
  private static final int SIZES = 70;
  private static final HexFormat HEX = HexFormat.of();

  private final TreeHash hash = new TreeHash();

  private byte[] leafHash(long index) {
    return hash.leaf(new byte[] {(byte) index, 7});
  }

  /** The definition of section 2.1, spelled out. */
  private byte[] defined(long from, long to) {
    if (to - from == 1) {
      return leafHash(from);
    }
    long split = Long.highestOneBit(to - from - 1);
    return hash.node(defined(from, from + split), defined(from + split, to));
  }

  private MerkleTree tree() {
    return new MerkleTree(
        (level, index) -> defined(index << level, (index + 1) << level));
  }

  @Test
  void rootsOfTheCertificateTransparencyVectors() {
    List<String> leaves =
        List.of(
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    Frontier frontier = new Frontier();
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        HEX.formatHex(frontier.root()));
    leaves.forEach(leaf -> frontier.add(hash.leaf(HEX.parseHex(leaf))));
    assertEquals(
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        HEX.formatHex(frontier.root()));
  }

  @Test
  void frontierAndTreeAgreeWithTheDefinition() throws Exception {
    Frontier frontier = new Frontier();
    for (int size = 1; size <= SIZES; size++) {
      frontier.add(leafHash(size - 1));
      assertArrayEquals(defined(0, size), frontier.root());
      assertArrayEquals(defined(0, size), tree().root(size));
    }
  }

  @Test
  void everyInclusionProofHoldsForItsLeafOnly() throws Exception {
    for (int size = 1; size <= SIZES; size++) {
      byte[] root = defined(0, size);
      for (int index = 0; index < size; index++) {
        List<byte[]> proof = tree().inclusion(index, size);
        assertArrayEquals(root, ProofCheck.rootOf(leafHash(index), index, size, proof));
        byte[] other = ProofCheck.rootOf(leafHash(index + 1), index, size, proof);
        assertFalse(Arrays.equals(root, other));
        if (!proof.isEmpty()) {
          List<byte[]> shorter = proof.subList(1, proof.size());
          assertEquals(null, ProofCheck.rootOf(leafHash(index), index, size, shorter));
        }
      }
    }
  }

  @Test
  void everyConsistencyProofHoldsAndForgedOnesDoNot() throws Exception {
    for (int newer = 1; newer <= SIZES; newer++) {
      for (int older = 1; older <= newer; older++) {
        byte[] root = defined(0, newer);
        byte[] olderRoot = defined(0, older);
        List<byte[]> proof = tree().consistency(older, newer);
        assertTrue(ProofCheck.consistent(older, olderRoot, newer, root, proof));
        byte[] forged = olderRoot.clone();
        forged[0] ^= 1;
        assertFalse(ProofCheck.consistent(older, forged, newer, root, proof));
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(root);
        assertFalse(ProofCheck.consistent(older, olderRoot, newer, root, longer));
      }
    }
  }

  @Test
  void tilePathsAreSpelledAsTlogTilesSays() {
    assertEquals("tile/0/x001/x234/067", TilePath.tile(0, 1234067, 256));
    assertEquals("tile/1/000.p/5", TilePath.tile(1, 0, 5));
    assertEquals("tile/entries/x001/000.p/255", TilePath.entries(1000, 255));
    assertNotEquals(TilePath.tile(0, 1, 256), TilePath.tile(0, 1, 1));
  }
}
