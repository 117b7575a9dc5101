package dev.mcpguard.gate;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments a record keeps beside its leaf: as judged, or as asked when it did not come to that.
 * Confined to the thread of the request.
 */
final class KeptArguments {
  private @Nullable JsonObject arguments;
  private @Nullable Digest digest;

  /** Most requests are judged later: the digest of what was asked is worked out when it is wanted. */
  void asked(JsonObject parameters) {
    arguments = CanonicalJson.keeping(parameters);
    digest = null;
  }

  void judged(JsonObject parameters, Digest itsDigest) {
    arguments = parameters;
    digest = itsDigest;
  }

  @Nullable String digest() {
    if (digest == null && arguments != null) {
      digest = Digest.of(arguments);
    }
    return digest == null ? null : digest.text();
  }

  Map<String, byte[]> payloads() {
    return arguments == null ? Map.of() : Map.of("arguments", CanonicalJson.bytes(arguments));
  }
}
