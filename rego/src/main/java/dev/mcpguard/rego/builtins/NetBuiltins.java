package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Networks and addresses; nothing here reaches out. */
final class NetBuiltins {
  private static final String TEST = "(string, string) => boolean";
  private static final String MANY =
      "any<string, array[any<string, array[any]>], object[string: any<string, array[any]>], set[any<string, array[any]>]>";

  private NetBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("net.cidr_contains", TEST, (_, a) -> contains(a))
        .add("net.cidr_intersects", TEST, (_, a) -> intersects(a))
        .add("net.cidr_is_valid", "(string) => boolean", (_, a) -> isValid(a))
        .add("net.cidr_expand", "(string) => set[string]", NetBuiltins::expand)
        .add(
            "net.cidr_merge",
            "(any<array[any<string>], set[string]>) => set[string]",
            NetBuiltins::merge)
        .add(
            "net.cidr_contains_matches",
            "(" + MANY + ", " + MANY + ") => set[array<any, any>]",
            NetBuiltins::containsMatches);
  }

  private static IpNetwork network(Value operand) {
    String text = Operands.text(new Value[] {operand}, 0);
    IpNetwork network = IpNetwork.parse(text);
    if (network == null) {
      throw BuiltinError.of("invalid CIDR address: " + text);
    }
    return network;
  }

  private static Value contains(Value[] operands) {
    return BooleanValue.of(contains(network(operands[0]), operands[1]));
  }

  private static boolean contains(IpNetwork network, Value other) {
    String text = Operands.text(new Value[] {other}, 0);
    IpAddress address = IpAddress.parse(text);
    if (address != null) {
      return network.contains(address);
    }
    IpNetwork inner = IpNetwork.parse(text);
    if (inner == null) {
      throw BuiltinError.of(
          "not a valid textual representation of an IP address or CIDR: " + text);
    }
    return network.contains(inner);
  }

  private static Value intersects(Value[] operands) {
    IpNetwork a = network(operands[0]);
    IpNetwork b = network(operands[1]);
    return BooleanValue.of(a.contains(b.first()) || b.contains(a.first()));
  }

  private static Value isValid(Value[] operands) {
    return BooleanValue.of(
        operands[0] instanceof StringValue text && IpNetwork.parse(text.text()) != null);
  }

  private static Value expand(BuiltinContext context, Value[] operands) {
    IpNetwork network = network(operands[0]);
    int host = network.address().bits() - network.prefix();
    context.charge(host >= 40 ? Long.MAX_VALUE : 1L << host);
    if (host > 24) {
      throw BuiltinError.of("network `" + network + "` has too many addresses");
    }
    int count = 1 << host;
    SetValue.Builder addresses = SetValue.builder(count);
    BigInteger value = network.first().value();
    for (int i = 0; i < count; i++) {
      IpAddress address = new IpAddress(value, network.address().bits());
      addresses.add(StringValue.of(address.toString()));
      value = value.add(BigInteger.ONE);
    }
    return addresses.build();
  }

  private static Value merge(BuiltinContext context, Value[] operands) {
    ArrayValue elements = Operands.elements(operands[0]);
    if (elements == null) {
      throw BuiltinError.of("operand must be an array");
    }
    context.charge(elements.size() * 16L);
    List<IpNetwork> networks = new ArrayList<>();
    for (Value element : elements) {
      networks.add(mergeable(element));
    }
    SetValue.Builder merged = SetValue.builder();
    for (IpNetwork network : NetworkMerge.merge(networks)) {
      merged.add(StringValue.of(network.toString()));
    }
    return merged.build();
  }

  private static IpNetwork mergeable(Value element) {
    if (!(element instanceof StringValue text)) {
      throw BuiltinError.of("element must be string");
    }
    IpAddress address = IpAddress.parse(text.text());
    if (address == null) {
      return network(element);
    }
    if (address.bits() != 32) {
      throw BuiltinError.of("IPv6 invalid: needs prefix length");
    }
    // Go gives an address without prefix the one of its historical class.
    int first = address.value().shiftRight(24).intValue();
    return new IpNetwork(address, first < 128 ? 8 : first < 192 ? 16 : 24);
  }

  private record Indexed(Value index, Value cidr) {}

  private static Value containsMatches(BuiltinContext context, Value[] operands) {
    List<Indexed> networks = indexed(operands[0], 1);
    List<Indexed> others = indexed(operands[1], 2);
    context.charge((long) networks.size() * Math.max(1, others.size()));
    SetValue.Builder found = SetValue.builder();
    for (Indexed outer : networks) {
      for (Indexed inner : others) {
        if (contains(network(outer.cidr), inner.cidr)) {
          found.add(ArrayValue.of(outer.index, inner.index));
        }
      }
    }
    return found.build();
  }

  private static List<Indexed> indexed(Value operand, int position) {
    List<Indexed> all = new ArrayList<>();
    switch (operand) {
      case StringValue _ -> all.add(new Indexed(operand, operand));
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          all.add(new Indexed(NumberValue.of(i), cidr(array.get(i), position)));
        }
      }
      case SetValue set -> set.forEach(element -> all.add(new Indexed(element, cidr(element, position))));
      case ObjectValue object ->
          object.forEach((key, value) -> all.add(new Indexed(key, cidr(value, position))));
      default -> {}
    }
    return all;
  }

  private static Value cidr(Value element, int position) {
    if (element instanceof ArrayValue array && !array.isEmpty()) {
      return array.get(0);
    }
    if (element instanceof StringValue) {
      return element;
    }
    throw BuiltinError.of("operand " + position + ": element must be string or non-empty array");
  }
}
