package dev.mcpguard.audit.note;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Signs notes with Ed25519. Immutable and thread-safe. The seed never leaves it. */
public final class NoteSigner {
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey key;
  private final NoteKey verifier;

  private NoteSigner(PrivateKey key, NoteKey verifier) {
    this.key = key;
    this.verifier = verifier;
  }

  /**
   * @param name of the signer, the log's origin
   * @param seed 32 bytes
   */
  public static NoteSigner of(String name, byte[] seed) {
    if (seed.length != 32) {
      throw new IllegalArgumentException("the seed of an Ed25519 key has 32 bytes");
    }
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + 32);
    System.arraycopy(seed, 0, encoded, PKCS8.length, 32);
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new NoteSigner(key, new NoteKey(name, publicKey(seed)));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Reads a key file: 32 bytes in base64. */
  public static NoteSigner load(String name, Path file) throws IOException {
    try {
      return of(name, Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IllegalArgumentException malformed) {
      throw new IOException("`" + file + "` must hold 32 bytes in base64", malformed);
    }
  }

  /** The JDK derives a public key only while generating, so the seed is given as its chance. */
  private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new FixedChance(seed));
    byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  public NoteKey verifier() {
    return verifier;
  }

  /**
   * @param text ends with a newline
   * @return the note: text, blank line, signature line
   */
  public String sign(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends with a newline");
    }
    byte[] signed = raw(text.getBytes(StandardCharsets.UTF_8));
    byte[] line = Arrays.copyOf(verifier.id(), 4 + signed.length);
    System.arraycopy(signed, 0, line, 4, signed.length);
    String encoded = Base64.getEncoder().encodeToString(line);
    return text + "\n\u2014 " + verifier.name() + " " + encoded + "\n";
  }

  /** The bare signature of a message. */
  byte[] raw(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** The text of a note when it carries a valid signature of {@code key}, else null. */
  public static @Nullable String open(String note, NoteKey key) {
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
      return null;
    }
    String text = note.substring(0, blank + 1);
    for (String line : note.substring(blank + 2).split("\n")) {
      String[] parts = line.split(" ");
      if (parts.length == 3 && parts[0].equals("\u2014") && parts[1].equals(key.name())) {
        return valid(text, parts[2], key) ? text : null;
      }
    }
    return null;
  }

  private static boolean valid(String text, String encoded, NoteKey key) {
    try {
      byte[] line = Base64.getDecoder().decode(encoded);
      if (line.length != 68 || !Arrays.equals(Arrays.copyOf(line, 4), key.id())) {
        return false;
      }
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key.key());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(line, 4, 64);
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static final class FixedChance extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    FixedChance(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
