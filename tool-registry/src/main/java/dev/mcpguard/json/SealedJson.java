package dev.mcpguard.json;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals values that a client carries for us and must neither read nor change (AES-256-GCM, URL-safe
 * base64 without padding). What a seal is bound to has to be given again to open it. The key lives as
 * long as the object: nothing opens after a restart. Thread-safe.
 */
public final class SealedJson {
  private static final int LONGEST = 8192;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random;
  private final SecretKeySpec key;

  /** Draws a fresh key from {@code random}. */
  public SealedJson(SecureRandom random) {
    this.random = random;
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    key = new SecretKeySpec(bits, "AES");
  }

  /** The sealed form of {@code content}; {@code bound} is not in it. */
  public String seal(JsonValue content, JsonValue bound) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(JsonText.bytes(content));
      byte[] whole = new byte[NONCE + sealed.length];
      System.arraycopy(nonce, 0, whole, 0, NONCE);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM is not available", broken);
    }
  }

  /** What was sealed, or null if it was not sealed here, was changed, or is bound to other things. */
  public @Nullable JsonValue open(String sealed, JsonValue bound) {
    if (sealed.length() > LONGEST) {
      return null;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(sealed);
      if (whole.length <= NONCE) {
        return null;
      }
      byte[] nonce = Arrays.copyOf(whole, NONCE);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(whole, NONCE, whole.length - NONCE);
      return StrictJson.parse(plain, JsonLimits.message());
    } catch (IllegalArgumentException | GeneralSecurityException | MalformedJsonException forged) {
      return null;
    }
  }

  private Cipher cipher(int mode, byte[] nonce, JsonValue bound) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(JsonText.bytes(bound));
    return cipher;
  }
}
