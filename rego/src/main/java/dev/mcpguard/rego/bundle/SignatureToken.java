package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON Web Signature (RFC 7515, compact) in a {@code .signatures.json}, read strictly and not
 * yet verified.
 */
record SignatureToken(
    ObjectValue header, ObjectValue payload, byte[] signedText, byte[] signature) {
  private static final String LIST = "signatures";
  private static final String PLUGIN = "plugin";

  /** What {@code opa build} writes where no plugin signs. */
  private static final StringValue PLAIN = StringValue.of("_default");

  /** What the payload says of one file. */
  record Listed(String hash, String algorithm) {}

  /** Reads the file. Several signatures, or one by a plugin, are refused: nobody would verify them. */
  static SignatureToken read(byte[] document) throws RefusedBundleException {
    if (!(json(document, "`.signatures.json`") instanceof ObjectValue file)
        || file.size() != (file.get(PLUGIN) == null ? 1 : 2)
        || !(file.get(LIST) instanceof ArrayValue list)
        || list.size() != 1
        || !(list.get(0) instanceof StringValue token)) {
      throw RefusedBundleException.signature(
          "`.signatures.json` does not hold exactly one signature");
    }
    if (file.get(PLUGIN) != null && !PLAIN.equals(file.get(PLUGIN))) {
      throw RefusedBundleException.signature("the bundle is signed by a plugin of OPA");
    }
    String[] parts = token.text().split("\\.", -1);
    if (parts.length != 3) {
      throw RefusedBundleException.signature("the signature is no compact JWS");
    }
    return new SignatureToken(
        object(decoded(parts[0]), "the header of the signature"),
        object(decoded(parts[1]), "the payload of the signature"),
        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
        decoded(parts[2]));
  }

  private static byte[] decoded(String part) throws RefusedBundleException {
    try {
      if (part.indexOf('=') < 0) {
        return Base64.getUrlDecoder().decode(part);
      }
    } catch (IllegalArgumentException malformed) {
      // Falls through to the one refusal.
    }
    throw RefusedBundleException.signature("the signature is not base64url");
  }

  private static ObjectValue object(byte[] utf8, String what) throws RefusedBundleException {
    if (json(utf8, what) instanceof ObjectValue object) {
      return object;
    }
    throw RefusedBundleException.signature(what + " is no object");
  }

  private static Value json(byte[] utf8, String what) throws RefusedBundleException {
    try {
      return Values.parseStrictJson(utf8);
    } catch (JsonFormatException | NumberFormatException malformed) {
      throw RefusedBundleException.signature(what + " is no JSON: " + RefusedBundleException.said(malformed));
    }
  }

  String algorithm() throws RefusedBundleException {
    if (header.get("crit") != null || header.get("b64") != null) {
      throw RefusedBundleException.signature(
          "the header of the signature demands an extension that is not known");
    }
    return text(header, "alg");
  }

  /** The id of its key; empty if neither header nor payload names one. */
  String keyId() throws RefusedBundleException {
    String kid = text(header, "kid");
    String claim = text(payload, "keyid");
    if (!kid.isEmpty() && !claim.isEmpty() && !kid.equals(claim)) {
      throw RefusedBundleException.signature(
          "the signature names two keys, " + RefusedBundleException.quoted(kid) + " and "
              + RefusedBundleException.quoted(claim));
    }
    return kid.isEmpty() ? claim : kid;
  }

  String claim(String name) throws RefusedBundleException {
    return text(payload, name);
  }

  @Nullable Instant issuedAt() throws RefusedBundleException {
    Value value = payload.get("iat");
    if (value == null) {
      return null;
    }
    if (value instanceof NumberValue number && number.isLong()
        && number.longValue() >= 0 && number.longValue() < 253_402_300_800L) {
      return Instant.ofEpochSecond(number.longValue());
    }
    throw RefusedBundleException.signature("`iat` of the signature is no time in whole seconds");
  }

  /** The files it covers, by path. */
  Map<String, Listed> files() throws RefusedBundleException {
    Map<String, Listed> files = new TreeMap<>();
    if (!(payload.get("files") instanceof ArrayValue list)) {
      throw RefusedBundleException.signature("the signature lists no files");
    }
    for (Value entry : list) {
      if (!(entry instanceof ObjectValue file)) {
        throw RefusedBundleException.signature("the signature lists something that is no file");
      }
      String name = text(file, "name");
      String algorithm = text(file, "algorithm");
      Listed listed =
          new Listed(text(file, "hash"), algorithm.isEmpty() ? FileHash.STANDARD : algorithm);
      if (files.put(name, listed) != null) {
        throw RefusedBundleException.signature(
            "the signature lists " + RefusedBundleException.quoted(name) + " twice");
      }
    }
    return files;
  }

  private static String text(ObjectValue object, String name) throws RefusedBundleException {
    Value value = object.get(name);
    if (value != null && !(value instanceof StringValue)) {
      throw RefusedBundleException.signature(
          "`" + name + "` of the signature is no string");
    }
    return value instanceof StringValue text ? text.text() : "";
  }
}
