package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs the files of a bundle as OPA does.
 *
 * @param key who signs
 * @param scope what verifiers must be configured for; empty for none
 * @param issuer {@code iss}; empty for none
 * @param issuedAt {@code iat}; null for none
 */
public record BundleSigner(
    SigningKey key, String scope, String issuer, @Nullable Instant issuedAt) {

  /** The {@code .signatures.json} over all files given. */
  byte[] sign(SortedMap<String, byte[]> files) throws RefusedBundleException {
    ObjectValue header =
        ObjectValue.builder()
            .put("alg", StringValue.of(key.algorithm().text()))
            .put("kid", StringValue.of(key.keyId()))
            .put("typ", StringValue.of("JWT"))
            .build();
    String text = encoded(header) + "." + encoded(payload(files));
    byte[] signature = key.sign(text.getBytes(StandardCharsets.US_ASCII));
    ArrayValue.Builder list = ArrayValue.builder(1);
    list.add(StringValue.of(text + "." + base64(signature)));
    return json(ObjectValue.of("signatures", list.build()));
  }

  private Value payload(SortedMap<String, byte[]> files) throws RefusedBundleException {
    ArrayValue.Builder list = ArrayValue.builder(files.size());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String hash = FileHash.of(file.getKey(), file.getValue(), FileHash.STANDARD);
      list.add(
          ObjectValue.builder()
              .put("name", StringValue.of(file.getKey()))
              .put("hash", StringValue.of(hash))
              .put("algorithm", StringValue.of(FileHash.STANDARD))
              .build());
    }
    ObjectValue.Builder payload =
        ObjectValue.builder()
            .put("files", list.build())
            .put("keyid", StringValue.of(key.keyId()));
    if (!scope.isEmpty()) {
      payload.put("scope", StringValue.of(scope));
    }
    if (!issuer.isEmpty()) {
      payload.put("iss", StringValue.of(issuer));
    }
    if (issuedAt != null) {
      payload.put("iat", NumberValue.of(issuedAt.getEpochSecond()));
    }
    return payload.build();
  }

  private static String encoded(Value value) {
    return base64(json(value));
  }

  private static byte[] json(Value value) {
    return Values.toJson(value).getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
