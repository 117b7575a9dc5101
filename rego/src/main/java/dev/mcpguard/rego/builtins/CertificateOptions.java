package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.builtins.x509.ChainVerifier.Wanted;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the options of a verification of certificates ask for. */
final class CertificateOptions {
  private static final long NANOS = 1_000_000_000;
  private static final int SERVER = 1;
  // In the order of the numbers that Go gives them.
  private static final List<String> USAGES =
      List.of(
          "KeyUsageAny",
          "KeyUsageServerAuth",
          "KeyUsageClientAuth",
          "KeyUsageCodeSigning",
          "KeyUsageEmailProtection",
          "KeyUsageIPSECEndSystem",
          "KeyUsageIPSECTunnel",
          "KeyUsageIPSECUser",
          "KeyUsageTimeStamping",
          "KeyUsageOCSPSigning",
          "KeyUsageMicrosoftServerGatedCrypto",
          "KeyUsageNetscapeServerGatedCrypto",
          "KeyUsageMicrosoftCommercialCodeSigning",
          "KeyUsageMicrosoftKernelCodeSigning");

  private CertificateOptions() {}

  static Wanted none(BuiltinContext context) {
    return new Wanted(context.now(), List.of(SERVER), null, null);
  }

  static Wanted parse(BuiltinContext context, ObjectValue options) {
    Instant now = context.now();
    String host = null;
    List<Integer> usages = List.of();
    for (int i = 0; i < options.size(); i++) {
      if (!(options.keyAt(i) instanceof StringValue key)) {
        continue;
      }
      Value value = options.valueAt(i);
      switch (key.text()) {
        case "DNSName" -> host = host(value);
        case "CurrentTime" -> {
          long nanos = integer(value, "CurrentTime", "a valid int64 number");
          now = Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
        }
        // Go takes the number and has not used it since 1.26; what a check costs is charged instead.
        case "MaxConstraintComparisons" -> integer(value, key.text(), "a valid number");
        case "KeyUsages" -> usages = usages(value);
        default -> throw BuiltinError.of("invalid key option");
      }
    }
    return new Wanted(now, usages.isEmpty() ? List.of(SERVER) : usages, host, address(host));
  }

  private static long integer(Value value, String name, String wanted) {
    if (!(value instanceof NumberValue number)) {
      throw BuiltinError.of("'" + name + "' should be a number");
    }
    if (!number.isPlainLong()) {
      throw BuiltinError.of("'" + name + "' should be " + wanted);
    }
    return number.longValue();
  }

  private static String host(Value value) {
    if (value instanceof StringValue text) {
      return bare(text.text());
    }
    throw BuiltinError.of("'DNSName' should be a string");
  }

  private static String bare(String text) {
    return text.replaceAll("^\"+|\"+$", "");
  }

  private static byte @Nullable [] address(@Nullable String host) {
    if (host == null) {
      return null;
    }
    boolean brackets = host.length() >= 3 && host.startsWith("[") && host.endsWith("]");
    IpAddress address = IpAddress.parse(brackets ? host.substring(1, host.length() - 1) : host);
    if (address == null) {
      return null;
    }
    byte[] bytes = new byte[address.bits() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = address.value().shiftRight(address.bits() - 8 * (i + 1)).byteValue();
    }
    return bytes;
  }

  private static List<Integer> usages(Value value) {
    ArrayValue names = Operands.elements(value);
    if (names == null) {
      throw BuiltinError.of("'KeyUsages' should be an Array or Set");
    }
    List<Integer> usages = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Value name : names) {
      // OPA passes over what is no string.
      if (name instanceof StringValue text) {
        int usage = USAGES.indexOf(bare(text.text()));
        if (usage < 0) {
          unknown.add(bare(text.text()));
        } else {
          usages.add(usage);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw BuiltinError.of(
          "invalid entries for 'KeyUsages' found: [" + String.join(" ", unknown) + "]");
    }
    return usages;
  }
}
