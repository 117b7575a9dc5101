package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.function.UnaryOperator;

/**
 * Arithmetic. Integers within {@code long} are computed exactly; all else as OPA does, with 64 bits
 * of mantissa.
 */
final class ArithmeticBuiltins {
  private static final String ONE = "(number) => number";
  private static final String TWO = "(number, number) => number";
  private static final String MIXED =
      "(any<number, set[any]>, any<number, set[any]>) => any<number, set[any]>";

  private ArithmeticBuiltins() {}

  private static final NumberValue ZERO = NumberValue.of(0);
  private static final NumberValue NEGATIVE_ZERO = NumberValue.parse("-0");
  /** Products of integers below it OPA makes as integers, all others as floats. */
  private static final long SMALL = 1000;

  static void register(Registry registry) {
    registry
        .add("plus", TWO, (_, a) -> plus(Operands.number(a, 0), Operands.number(a, 1)))
        .add("minus", MIXED, (context, a) -> minus(context, a))
        .add("mul", TWO, (_, a) -> multiply(Operands.number(a, 0), Operands.number(a, 1)))
        .add("div", TWO, (_, a) -> divide(Operands.number(a, 0), Operands.number(a, 1)))
        .add("rem", TWO, (_, a) -> remainder(a))
        .add("abs", ONE, (_, a) -> unary(a, BigFloat::abs))
        .add("round", ONE, (_, a) -> unary(a, BigFloat::round))
        .add("ceil", ONE, (_, a) -> unary(a, BigFloat::ceil))
        .add("floor", ONE, (_, a) -> unary(a, BigFloat::floor));
  }

  private static Value unary(Value[] operands, UnaryOperator<BigFloat> operation) {
    NumberValue number = Operands.number(operands, 0);
    if (number.isPlainLong() && number.longValue() >= 0) {
      return number;
    }
    return operation.apply(BigFloat.of(number)).toNumber();
  }

  static NumberValue plus(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long sum = a.longValue() + b.longValue();
      if (((a.longValue() ^ sum) & (b.longValue() ^ sum)) >= 0) {
        return NumberValue.of(sum);
      }
    }
    return BigFloat.of(a).add(BigFloat.of(b)).toNumber();
  }

  private static Value minus(BuiltinContext context, Value[] operands) {
    if (operands[0] instanceof NumberValue a && operands[1] instanceof NumberValue b) {
      return subtract(a, b);
    }
    if (operands[0] instanceof SetValue a && operands[1] instanceof SetValue b) {
      context.charge(a.size());
      return a.minus(b);
    }
    if (!(operands[0] instanceof NumberValue) && !(operands[0] instanceof SetValue)) {
      throw Operands.typeError(operands, 0, "number", "set");
    }
    throw Operands.typeError(operands, 1, operands[1] instanceof NumberValue ? "set" : "number");
  }

  private static NumberValue subtract(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long difference = a.longValue() - b.longValue();
      if (((a.longValue() ^ b.longValue()) & (a.longValue() ^ difference)) >= 0) {
        return NumberValue.of(difference);
      }
    }
    return BigFloat.of(a).subtract(BigFloat.of(b)).toNumber();
  }

  static NumberValue multiply(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long high = Math.multiplyHigh(a.longValue(), b.longValue());
      long low = a.longValue() * b.longValue();
      if (high == 0 && low >= 0 || high == -1 && low < 0) {
        return low == 0 && Math.max(Math.abs(a.longValue()), Math.abs(b.longValue())) >= SMALL
            ? signed(ZERO, a, b)
            : NumberValue.of(low);
      }
    }
    return signed(BigFloat.of(a).multiply(BigFloat.of(b)).toNumber(), a, b);
  }

  private static NumberValue divide(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong() && b.longValue() > 0 && a.longValue() % b.longValue() == 0) {
      return NumberValue.of(a.longValue() / b.longValue());
    }
    BigFloat quotient = BigFloat.of(a).divide(BigFloat.of(b));
    if (quotient == null) {
      throw BuiltinError.of("divide by zero");
    }
    return signed(quotient.toNumber(), a, b);
  }

  /** OPA's floats keep the sign of a zero; it shows only where the number becomes text. */
  private static NumberValue signed(NumberValue result, NumberValue a, NumberValue b) {
    boolean negative = a.compareTo(ZERO) < 0 != b.compareTo(ZERO) < 0;
    return negative && result.equals(ZERO) ? NEGATIVE_ZERO : result;
  }

  private static NumberValue remainder(Value[] operands) {
    NumberValue a = Operands.number(operands, 0);
    NumberValue b = Operands.number(operands, 1);
    if (a.isLong() && b.isLong() && b.longValue() != 0) {
      return NumberValue.of(a.longValue() % b.longValue());
    }
    BigFloat x = BigFloat.of(a);
    BigFloat y = BigFloat.of(b);
    if (!x.isInteger() || !y.isInteger()) {
      throw BuiltinError.of("modulo on floating-point number");
    }
    BigInteger divisor = y.truncate();
    if (divisor.signum() == 0) {
      throw BuiltinError.of("modulo by zero");
    }
    return NumberValue.of(x.truncate().remainder(divisor));
  }
}
