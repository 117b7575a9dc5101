package dev.mcpguard.audit.note;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Countersigns checkpoints as a witness (C2SP tlog-cosignature, Ed25519). Thread-safe. */
public final class Cosigner {
  private final NoteSigner signer;
  private final CosignatureKey verifier;

  /**
   * @param signer whose name is the witness's; the key must sign nothing else
   */
  public Cosigner(NoteSigner signer) {
    this.signer = signer;
    this.verifier = new CosignatureKey(signer.verifier().name(), signer.verifier().raw());
  }

  public CosignatureKey verifier() {
    return verifier;
  }

  /**
   * The signature line for a checkpoint, ending in a newline.
   *
   * @param text the body of the checkpoint
   * @param time seconds since 1970
   */
  public String line(String text, long time) {
    ByteBuffer line = ByteBuffer.allocate(4 + 8 + 64);
    line.put(verifier.id()).putLong(time).put(signer.raw(CosignatureKey.message(text, time)));
    return "\u2014 " + verifier.name() + " " + Base64.getEncoder().encodeToString(line.array()) + "\n";
  }
}
