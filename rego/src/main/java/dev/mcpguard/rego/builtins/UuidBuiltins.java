package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** UUIDs. */
final class UuidBuiltins {
  private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern DASHED =
      Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  // The epoch of UUID times, 15 October 1582, in steps of 100 ns before 1970.
  private static final long EPOCH_STEPS = 0x01B21DD213814000L;

  private UuidBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("uuid.parse", "(string) => object[string: any]", UuidBuiltins::parse)
        .addNondeterministic("uuid.rfc4122", "(string) => string", UuidBuiltins::random);
  }

  private static Value random(BuiltinContext context, Value[] operands) {
    String key = operands[0].toString();
    context.charge(Texts.cost(key));
    RandomGenerator random = context.random("uuid.rfc4122-" + key);
    long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
    long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return StringValue.of(new UUID(high, low).toString());
  }

  private static @Nullable Value parse(BuiltinContext context, Value[] operands) {
    String hex = digits(Operands.text(operands, 0));
    context.charge(1);
    if (hex == null) {
      return null;
    }
    long high = Long.parseUnsignedLong(hex.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(hex.substring(16), 16);
    long version = high >> 12 & 15;
    ObjectValue.Builder fields = ObjectValue.builder();
    fields.put("version", NumberValue.of(version));
    fields.put("variant", StringValue.of(variant(low)));
    if (version == 1 || version == 2) {
      addNode(fields, high, low);
    }
    if (version == 2) {
      fields.put("id", NumberValue.of(high >>> 32));
      fields.put("domain", StringValue.of(domain(low >>> 48 & 0xFF)));
    }
    return fields.build();
  }

  private static void addNode(ObjectValue.Builder fields, long high, long low) {
    long time = (high & 0xFFF) << 48 | (high >>> 16 & 0xFFFF) << 32 | high >>> 32;
    fields.put("time", NumberValue.of((time - EPOCH_STEPS) * 100));
    StringBuilder node = new StringBuilder();
    for (int shift = 40; shift >= 0; shift -= 8) {
      node.append(node.isEmpty() ? "" : "-");
      node.append(String.format(Locale.ROOT, "%02x", low >>> shift & 0xFF));
    }
    fields.put("nodeid", StringValue.of(node.toString()));
    fields.put("macvariables", StringValue.of(address(low >>> 40 & 3)));
    fields.put("clocksequence", NumberValue.of(low >>> 48 & 0x3FFF));
  }

  private static @Nullable String digits(String text) {
    String inside = text;
    if (text.length() == 45 && text.regionMatches(true, 0, "urn:uuid:", 0, 9)) {
      inside = text.substring(9);
    } else if (text.length() == 38) {
      inside = text.substring(1, 37);
    } else if (text.length() == 32) {
      return PLAIN.matches(text) ? text : null;
    }
    return DASHED.matches(inside) ? inside.replace("-", "") : null;
  }

  private static String variant(long low) {
    return switch ((int) (low >>> 61)) {
      case 4, 5 -> "RFC4122";
      case 6 -> "Microsoft";
      case 7 -> "Future";
      default -> "Reserved";
    };
  }

  private static String domain(long domain) {
    return switch ((int) domain) {
      case 0 -> "Person";
      case 1 -> "Group";
      case 2 -> "Org";
      default -> "Domain" + domain;
    };
  }

  private static String address(long bits) {
    return ((bits & 2) == 0 ? "global" : "local") + ":" + ((bits & 1) == 0 ? "unicast" : "multicast");
  }
}
