package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The hash of a file as OPA's signatures take it: of the bytes, but of {@code data.json}, {@code
 * data.yaml} and {@code .manifest} of the document, with the members of objects in order.
 */
final class FileHash {
  /** The algorithms taken; SHA-1 and MD5, which OPA knows too, are not. */
  static final Set<String> ALGORITHMS = Set.of("SHA-256", "SHA-384", "SHA-512");

  static final String STANDARD = "SHA-256";

  private FileHash() {}

  /** Lower-case hexadecimal. */
  static String of(String path, byte[] content, String algorithm) throws RefusedBundleException {
    byte[] hashed = FileKind.structured(path) ? canonical(DataFiles.read(path, content)) : content;
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(hashed));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** As Go's encoder writes it without HTML escapes, which still escapes two line separators. */
  private static byte[] canonical(Value document) {
    return Values.toJson(document)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .getBytes(StandardCharsets.UTF_8);
  }
}
