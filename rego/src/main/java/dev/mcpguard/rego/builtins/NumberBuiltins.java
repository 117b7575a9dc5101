package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.function.BinaryOperator;

/** Ranges, random integers and bit operations. */
final class NumberBuiltins {
  private static final String TWO = "(number, number) => number";
  private static final long MAX_SHIFT = 65_536;

  private NumberBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("numbers.range", "(number, number) => array[number]", NumberBuiltins::range)
        .add(
            "numbers.range_step",
            "(number, number, number) => array[number]",
            NumberBuiltins::rangeStep)
        .addNondeterministic("rand.intn", "(string, number) => number", NumberBuiltins::random)
        .add("bits.and", TWO, (c, a) -> bits(c, a, BigInteger::and))
        .add("bits.or", TWO, (c, a) -> bits(c, a, BigInteger::or))
        .add("bits.xor", TWO, (c, a) -> bits(c, a, BigInteger::xor))
        .add("bits.lsh", TWO, (c, a) -> bits(c, a, (x, y) -> x.shiftLeft(shift(y))))
        .add("bits.rsh", TWO, (c, a) -> bits(c, a, (x, y) -> x.shiftRight(shift(y))))
        .add(
            "bits.negate",
            "(number) => number",
            (_, a) -> result(Operands.bigInteger(a, 0).not()));
  }

  private static Value range(BuiltinContext context, Value[] operands) {
    BigInteger from = Operands.bigInteger(operands, 0);
    return range(context, from, Operands.bigInteger(operands, 1), BigInteger.ONE);
  }

  private static Value rangeStep(BuiltinContext context, Value[] operands) {
    BigInteger from = Operands.bigInteger(operands, 0);
    BigInteger to = Operands.bigInteger(operands, 1);
    BigInteger step = Operands.bigInteger(operands, 2);
    if (step.signum() <= 0) {
      throw BuiltinError.of("numbers.range_step: step must be a positive integer");
    }
    return range(context, from, to, step);
  }

  private static Value range(
      BuiltinContext context, BigInteger from, BigInteger to, BigInteger step) {
    BigInteger count = to.subtract(from).abs().divide(step).add(BigInteger.ONE);
    context.charge(count.bitLength() < Long.SIZE ? count.longValue() : Long.MAX_VALUE);
    if (count.bitLength() >= Integer.SIZE - 2) {
      throw BuiltinError.of("range of " + count + " numbers is too long");
    }
    BigInteger change = from.compareTo(to) <= 0 ? step : step.negate();
    Value[] numbers = new Value[count.intValue()];
    BigInteger number = from;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = NumberValue.of(number);
      number = number.add(change);
    }
    return ArrayValue.ofOwned(numbers);
  }

  private static Value random(BuiltinContext context, Value[] operands) {
    String key = Operands.text(operands, 0);
    long bound = Operands.integer(operands, 1);
    if (bound == 0 || bound == Long.MIN_VALUE) {
      return NumberValue.of(0);
    }
    long positive = Math.abs(bound);
    context.charge(Texts.cost(key));
    return NumberValue.of(context.random("rand.intn-" + positive + "-" + key).nextLong(positive));
  }

  private static Value bits(
      BuiltinContext context, Value[] operands, BinaryOperator<BigInteger> operation) {
    BigInteger a = Operands.bigInteger(operands, 0);
    BigInteger b = Operands.bigInteger(operands, 1);
    context.charge(1 + (a.bitLength() + (long) b.bitLength()) / Long.SIZE);
    return result(operation.apply(a, b));
  }

  private static int shift(BigInteger distance) {
    if (distance.signum() < 0) {
      throw Operands.error(1, "must be an unsigned integer number but got a negative integer");
    }
    if (distance.bitLength() > 31 || distance.longValue() > MAX_SHIFT) {
      throw BuiltinError.of("shift by more than " + MAX_SHIFT + " bits");
    }
    return distance.intValue();
  }

  private static Value result(BigInteger integer) {
    try {
      return NumberValue.of(integer);
    } catch (NumberFormatException e) {
      throw BuiltinError.of("number out of range");
    }
  }
}
