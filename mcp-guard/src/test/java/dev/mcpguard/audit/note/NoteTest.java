package dev.mcpguard.audit.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Signed notes as C2SP signed-note and RFC 8032 describe them. */
final class NoteTest {
  private static final String TEXT = "guard.example/one\n3\nq83vAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=\n";

  private static NoteSigner signer(int fill) {
    byte[] seed = new byte[32];
    java.util.Arrays.fill(seed, (byte) fill);
    return NoteSigner.of("guard.example/one", seed);
  }

  @Test
  void publicKeyIsThatOfRfc8032() {
    byte[] seed =
        HexFormat.of()
            .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    assertEquals(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        HexFormat.of().formatHex(NoteSigner.of("x", seed).verifier().raw()));
  }

  @Test
  void signedNoteOpensWithItsKeyOnly() {
    String note = signer(1).sign(TEXT);
    assertEquals(TEXT, NoteSigner.open(note, signer(1).verifier()));
    assertNull(NoteSigner.open(note, signer(2).verifier()));
    assertNull(NoteSigner.open(note.replace("\n3\n", "\n4\n"), signer(1).verifier()));
    assertNull(NoteSigner.open(TEXT, signer(1).verifier()));
  }

  @Test
  void verifierKeyReadsBackAndRefusesAnotherId() {
    NoteKey key = signer(1).verifier();
    assertEquals(key.text(), NoteKey.ofText(key.text()).text());
    String forged = key.text().replace("+" + key.text().split("\\+")[1] + "+", "+00000000+");
    assertThrows(IllegalArgumentException.class, () -> NoteKey.ofText(forged));
    assertThrows(IllegalArgumentException.class, () -> new NoteKey("a b", key.raw()));
  }

  /** The key of the C2SP signed-note examples (PeterNeumann, golang.org/x/mod/sumdb/note). */
  @Test
  void noteOfAnotherImplementationOpens() {
    String key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    String text =
        "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    String note =
        text + "\n\u2014 PeterNeumann "
            + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assertEquals(text, NoteSigner.open(note, NoteKey.ofText(key)));
  }

  @Test
  void checkpointReadsBack() {
    byte[] root = new byte[32];
    root[3] = 5;
    Checkpoint checkpoint = new Checkpoint("guard.example/one", 42, root);
    Checkpoint read = Checkpoint.ofText(signer(1).sign(checkpoint.text()));
    assertNotNull(read);
    assertEquals(Base64.getEncoder().encodeToString(root), checkpoint.text().split("\n")[2]);
    assertEquals(true, read.sameAs(checkpoint));
    assertNull(Checkpoint.ofText("a\n-1\nAAAA\n"));
  }
}
