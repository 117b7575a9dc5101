package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.builtins.x509.Certificate;
import dev.mcpguard.rego.builtins.x509.CertificateRequest;
import dev.mcpguard.rego.builtins.x509.ChainVerifier;
import dev.mcpguard.rego.builtins.x509.KeyPair;
import dev.mcpguard.rego.builtins.x509.PrivateKeyInfo;
import dev.mcpguard.rego.builtins.x509.X509Exception;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Certificates, requests for them and their private keys, as OPA shows them. */
final class CertificateBuiltins {
  private static final ArrayValue UNVERIFIED = ArrayValue.of(BooleanValue.FALSE, ArrayValue.EMPTY);
  private static final String BEGIN = "-----BEGIN";
  // Far above any chain; below it, reading what is malformed costs less than a millisecond.
  private static final int MAX_TEXT = 1 << 20;

  private CertificateBuiltins() {}

  static void register(Registry registry) {
    String certificates = "array[object[string: any]]";
    String verified = "array<boolean, " + certificates + ">";
    String object = "object[string: any]";
    registry
        .add("crypto.x509.parse_certificates", "(string) => " + certificates, CertificateBuiltins::parse)
        .add(
            "crypto.x509.parse_and_verify_certificates",
            "(string) => " + verified,
            CertificateBuiltins::verify)
        .add(
            "crypto.x509.parse_and_verify_certificates_with_options",
            "(string, " + object + ") => " + verified,
            CertificateBuiltins::verifyWithOptions)
        .add(
            "crypto.x509.parse_certificate_request",
            "(string) => " + object,
            CertificateBuiltins::parseRequest)
        .add(
            "crypto.x509.parse_rsa_private_key",
            "(string) => " + object,
            CertificateBuiltins::parsePrivateKey)
        .add(
            "crypto.x509.parse_keypair",
            "(string, string) => " + object,
            CertificateBuiltins::parseKeyPair);
  }

  private static String text(BuiltinContext context, Value[] operands, int index) {
    String text = Operands.text(operands, index);
    if (text.length() > MAX_TEXT) {
      throw BuiltinError.of("more than " + MAX_TEXT + " characters; give the certificates one by one");
    }
    context.charge(20 + 4L * Texts.cost(text));
    return text;
  }

  /** Words what cannot be read as an error of the builtin. */
  private static <T> T read(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (X509Exception e) {
      throw BuiltinError.of(e.text());
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<Certificate> certificates(BuiltinContext context, String text) {
    byte[] bytes;
    if (text.startsWith(BEGIN)) {
      bytes = certificateBlocks(text);
    } else {
      byte[] decoded = Bytes.base64(text);
      String inner = latin(decoded);
      bytes = inner.startsWith(BEGIN) ? certificateBlocks(inner) : decoded;
    }
    List<Certificate> certificates = Certificate.parseAll(bytes);
    context.charge(100L * certificates.size());
    return certificates;
  }

  private static byte[] certificateBlocks(String text) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Pem block : Pem.findAll(text)) {
      if (!block.type().equals("CERTIFICATE")) {
        throw BuiltinError.of("PEM block type is `" + block.type() + "`, expected CERTIFICATE");
      }
      all.writeBytes(block.bytes());
    }
    return all.toByteArray();
  }

  private static ArrayValue values(List<Certificate> certificates, Function<Certificate, Value> form) {
    List<Value> values = new ArrayList<>();
    certificates.forEach(certificate -> values.add(form.apply(certificate)));
    return ArrayValue.of(values);
  }

  private static Value parse(BuiltinContext context, Value[] operands) {
    String text = text(context, operands, 0);
    return read(() -> values(certificates(context, text), Certificate::toValueWithUris));
  }

  private static Value verify(BuiltinContext context, Value[] operands) {
    ChainVerifier.Wanted wanted = CertificateOptions.none(context);
    return verify(context, text(context, operands, 0), () -> wanted, Certificate::toValueWithUris);
  }

  private static Value verifyWithOptions(BuiltinContext context, Value[] operands) {
    return verify(
        context,
        text(context, operands, 0),
        () -> CertificateOptions.parse(context, Operands.object(operands, 1)),
        Certificate::toValue);
  }

  private static Value verify(
      BuiltinContext context,
      String text,
      Supplier<ChainVerifier.Wanted> wanted,
      Function<Certificate, Value> form) {
    List<Certificate> certificates;
    try {
      certificates = certificates(context, text);
    } catch (X509Exception e) {
      if (e.isUnsupported()) {
        throw BuiltinError.of(e.text());
      }
      return UNVERIFIED;
    } catch (BuiltinError e) {
      return UNVERIFIED;
    }
    ChainVerifier.Wanted options = wanted.get();
    return read(
        () -> {
          List<Certificate> chain = ChainVerifier.verify(certificates, options, context::charge);
          return chain == null ? UNVERIFIED : ArrayValue.of(BooleanValue.TRUE, values(chain, form));
        });
  }

  private static Value parseRequest(BuiltinContext context, Value[] operands) {
    String text = text(context, operands, 0);
    boolean pem = text.startsWith("-----BEGIN CERTIFICATE REQUEST-----");
    byte[] bytes = pem ? Bytes.of(text) : Bytes.base64(text);
    Pem block = Pem.find(latin(bytes), 0);
    if (block != null && !block.type().equals("CERTIFICATE REQUEST")) {
      throw BuiltinError.of("invalid PEM-encoded certificate signing request");
    }
    return read(() -> CertificateRequest.parse(block == null ? bytes : block.bytes()));
  }

  private static Value parsePrivateKey(BuiltinContext context, Value[] operands) {
    String text = text(context, operands, 0);
    if (text.isEmpty()) {
      throw BuiltinError.of("input PEM data was empty");
    }
    String pem = text.startsWith(BEGIN) ? text : latin(Bytes.base64(text));
    return read(
        () -> {
          PrivateKeyInfo first = null;
          for (Pem block : Pem.findAll(pem)) {
            context.charge(500);
            PrivateKeyInfo key = PrivateKeyInfo.parse(block.type(), block.bytes());
            first = first == null ? key : first;
          }
          return first == null ? NullValue.NULL : first.toWebKey();
        });
  }

  private static Value parseKeyPair(BuiltinContext context, Value[] operands) {
    String certificate = text(context, operands, 0);
    String key = text(context, operands, 1);
    context.charge(500);
    return read(() -> KeyPair.parse(blocks(certificate), keyBlock(key)));
  }

  /** PEM, PEM in base64, or DER in base64. */
  private static String pem(String text) {
    return text.startsWith(BEGIN + " ") ? text : latin(Bytes.base64(text));
  }

  private static List<byte[]> blocks(String text) {
    String pem = pem(text);
    if (!pem.startsWith(BEGIN + " ")) {
      return List.of(pem.getBytes(StandardCharsets.ISO_8859_1));
    }
    List<byte[]> blocks = new ArrayList<>();
    for (Pem block : Pem.findAll(pem)) {
      if (block.type().equals("CERTIFICATE")) {
        blocks.add(block.bytes());
      }
    }
    if (blocks.isEmpty()) {
      throw BuiltinError.of("tls: failed to find certificate PEM data in certificate input");
    }
    return blocks;
  }

  private static byte[] keyBlock(String text) {
    String pem = pem(text);
    if (!pem.startsWith(BEGIN)) {
      return pem.getBytes(StandardCharsets.ISO_8859_1);
    }
    for (Pem block : Pem.findAll(pem)) {
      if (block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY")) {
        return block.bytes();
      }
    }
    throw BuiltinError.of("tls: failed to find a PEM block of a private key in key input");
  }
}
