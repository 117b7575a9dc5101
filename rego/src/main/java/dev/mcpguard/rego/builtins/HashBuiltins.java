package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and message authentication codes. */
final class HashBuiltins {
  private HashBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("crypto.md5", "(string) => string", (c, a) -> digest(c, a, "MD5"))
        .add("crypto.sha1", "(string) => string", (c, a) -> digest(c, a, "SHA-1"))
        .add("crypto.sha256", "(string) => string", (c, a) -> digest(c, a, "SHA-256"))
        .add("crypto.hmac.md5", "(string, string) => string", (c, a) -> hmac(c, a, "HmacMD5"))
        .add("crypto.hmac.sha1", "(string, string) => string", (c, a) -> hmac(c, a, "HmacSHA1"))
        .add("crypto.hmac.sha256", "(string, string) => string", (c, a) -> hmac(c, a, "HmacSHA256"))
        .add("crypto.hmac.sha512", "(string, string) => string", (c, a) -> hmac(c, a, "HmacSHA512"))
        .add("crypto.hmac.equal", "(string, string) => boolean", HashBuiltins::equal);
  }

  private static Value digest(BuiltinContext context, Value[] operands, String algorithm) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(Bytes.of(text));
      return StringValue.of(Bytes.hex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the jdk has no " + algorithm, e);
    }
  }

  private static Value hmac(BuiltinContext context, Value[] operands, String algorithm) {
    String text = Operands.text(operands, 0);
    String key = Operands.text(operands, 1);
    context.charge(Texts.cost((long) text.length() + key.length()));
    return StringValue.of(Bytes.hex(hmac(algorithm, Bytes.of(key), Bytes.of(text))));
  }

  static byte[] hmac(String algorithm, byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // The JDK takes no empty key; one of a zero byte is the same to the algorithm.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the jdk has no " + algorithm, e);
    }
  }

  private static Value equal(BuiltinContext context, Value[] operands) {
    byte[] a = Bytes.of(Operands.text(operands, 0));
    byte[] b = Bytes.of(Operands.text(operands, 1));
    context.charge(Texts.cost((long) a.length + b.length));
    return BooleanValue.of(MessageDigest.isEqual(a, b));
  }
}
