package dev.mcpguard.rego.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.bundle.RefusedBundleException.Reason;
import java.time.Instant;

/** What the tests of unsigned archives share: reading one, and the demand that it is refused. */
final class Refusals {
  static final String MODULE = "package a.b\n\nallow if input.user == \"ann\"\n";

  private Refusals() {}

  static Bundle read(byte[] archive) throws RefusedBundleException {
    return new BundleReader(BundleLimits.standard(), new SignatureRule.Unsigned())
        .read(archive, Instant.EPOCH);
  }

  static void assertRefused(Reason reason, String words, byte[] archive) {
    RefusedBundleException refused =
        assertThrows(RefusedBundleException.class, () -> read(archive), words);
    assertTrue(refused.text().contains(words), refused.text());
    assertEquals(reason, refused.reason(), refused.text());
    assertFalse(refused.text().chars().anyMatch(Character::isISOControl), refused.text());
  }

  static byte[] with(String path, String content) {
    return new TarForge().file("m.rego", MODULE).file(path, content).archive();
  }
}
