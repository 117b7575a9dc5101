package dev.mcpguard.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealingToolsTest {
  @Test
  void keyIsGivenOutOnce() {
    SecureRandom random = new SecureRandom();
    SealingTools.Shelf shelf = new SealingTools.Shelf();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      SealingTools tools = shelf.take();
      byte[] key = tools.freshKey(random);
      shelf.putBack(tools);
      String text = HexFormat.of().formatHex(key);
      assertEquals(64, text.length());
      // a key is never part of another, whole or in half
      assertTrue(seen.add(text.substring(0, 32)), "key " + i + " came again");
      assertTrue(seen.add(text.substring(32)), "key " + i + " came again");
      assertFalse(text.contains("0".repeat(16)), "key " + i + " holds what was wiped");
    }
  }
}
