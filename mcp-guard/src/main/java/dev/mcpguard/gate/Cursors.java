package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cursors clients page lists with: sealed (AES-256-GCM) and bound to caller, route and method. A
 * server's own cursor never reaches a client in the clear, and one caller's cursor is nobody else's.
 * The key lives as long as the process: after a restart a client begins at the first page.
 * Thread-safe.
 */
final class Cursors {
  private static final int LONGEST = 8192;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random;
  private final SecretKeySpec key;

  Cursors(SecureRandom random) {
    this.random = random;
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    key = new SecretKeySpec(bits, "AES");
  }

  /**
   * Where a list goes on.
   *
   * @param server the server whose turn it is
   * @param cursor the server's own cursor, or null for its first page
   */
  record Position(String server, @Nullable String cursor) {}

  String seal(Position position, ListRequest request, Principal principal) {
    List<JsonValue> parts = new ArrayList<>(List.of(new JsonString(position.server())));
    if (position.cursor() != null) {
      parts.add(new JsonString(position.cursor()));
    }
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, request, principal)
              .doFinal(JsonText.bytes(new JsonArray(parts)));
      byte[] whole = new byte[NONCE + sealed.length];
      System.arraycopy(nonce, 0, whole, 0, NONCE);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM is not available", broken);
    }
  }

  /** Where {@code cursor} points, or null if it was not made for this caller and list. */
  @Nullable Position open(String cursor, ListRequest request, Principal principal) {
    if (cursor.length() > LONGEST) {
      return null;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(cursor);
      if (whole.length <= NONCE) {
        return null;
      }
      byte[] nonce = Arrays.copyOf(whole, NONCE);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, request, principal)
              .doFinal(whole, NONCE, whole.length - NONCE);
      return position(StrictJson.parse(plain, JsonLimits.message()));
    } catch (IllegalArgumentException | GeneralSecurityException | MalformedJsonException forged) {
      return null;
    }
  }

  private static @Nullable Position position(JsonValue parsed) {
    List<JsonValue> parts = parsed instanceof JsonArray array ? array.values() : List.of();
    String server = parts.isEmpty() ? null : text(parts.getFirst());
    return server == null
        ? null
        : new Position(server, parts.size() > 1 ? text(parts.get(1)) : null);
  }

  private static @Nullable String text(JsonValue value) {
    return value instanceof JsonString(String text) ? text : null;
  }

  private Cipher cipher(int mode, byte[] nonce, ListRequest request, Principal principal)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        JsonText.bytes(
            JsonArray.of(
                new JsonString(principal.key().issuer()),
                new JsonString(principal.key().subject()),
                new JsonString(principal.key().client()),
                new JsonString(request.facts().route().path()),
                new JsonString(request.facts().method()))));
    return cipher;
  }
}
