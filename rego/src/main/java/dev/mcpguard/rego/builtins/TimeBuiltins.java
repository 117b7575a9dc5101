package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.IntStream;

/** Times in nanoseconds since the epoch, with time zones and Go's layouts. */
final class TimeBuiltins {
  private static final long NANOS = 1_000_000_000L;
  private static final String MOMENT = "any<number, array<number, string>>";
  private static final String FORM = "either number (ns) or [number (ns), string (tz)]";
  private static final int MAX_LAYOUT = 1_000;
  private static final String THREE = "array<number, number, number>";

  private TimeBuiltins() {}

  static void register(Registry registry) {
    registry
        .addNondeterministic("time.now_ns", "() => number", (context, _) -> context.nowNanos())
        .add("time.parse_ns", "(string, string) => number", TimeBuiltins::parse)
        .add("time.parse_rfc3339_ns", "(string) => number", TimeBuiltins::parseRfc3339)
        .add(
            "time.parse_duration_ns",
            "(string) => number",
            (_, a) -> NumberValue.of(GoDuration.nanos(Operands.text(a, 0))))
        .add(
            "time.format",
            "(any<number, array<number, string>, array<number, string, string>>) => string",
            TimeBuiltins::format)
        .add("time.date", "(" + MOMENT + ") => " + THREE, TimeBuiltins::date)
        .add("time.clock", "(" + MOMENT + ") => " + THREE, TimeBuiltins::clock)
        .add(
            "time.weekday",
            "(" + MOMENT + ") => string",
            (_, a) -> StringValue.of(GoTimeFormat.weekday(moment(a, 0))))
        .add(
            "time.add_date", "(number, number, number, number) => number", TimeBuiltins::addDate)
        .add(
            "time.diff",
            "(" + MOMENT + ", " + MOMENT + ") => array<number, number, number, number, number, number>",
            TimeBuiltins::difference);
  }

  private static Value parse(BuiltinContext context, Value[] operands) {
    String layout = Operands.text(operands, 0);
    String text = Operands.text(operands, 1);
    context.charge(layout.length() + (long) text.length());
    return nanos(GoTimeParser.parse(GoLayout.NAMED.getOrDefault(layout, limited(layout)), limited(text)));
  }

  private static String limited(String text) {
    if (text.length() > MAX_LAYOUT) {
      throw BuiltinError.of("time or layout of " + text.length() + " characters is too long");
    }
    return text;
  }

  private static Value parseRfc3339(BuiltinContext context, Value[] operands) {
    String text = limited(Operands.text(operands, 0));
    context.charge(Texts.cost(text));
    return nanos(GoTimeParser.parse("2006-01-02T15:04:05Z07:00", text));
  }

  private static NumberValue nanos(BigInteger nanos) {
    if (nanos.bitLength() >= Long.SIZE) {
      throw BuiltinError.of("time outside of valid range");
    }
    return NumberValue.of(nanos);
  }

  private static Value format(BuiltinContext context, Value[] operands) {
    ZonedDateTime moment = moment(operands, 0);
    String layout = "RFC3339Nano";
    if (operands[0] instanceof ArrayValue array && array.size() > 2) {
      layout = Operands.text(new Value[] {array.get(2)}, 0);
      layout = layout.isEmpty() ? "RFC3339Nano" : layout;
    }
    context.charge(layout.length());
    return StringValue.of(
        GoTimeFormat.format(GoLayout.NAMED.getOrDefault(layout, limited(layout)), moment));
  }

  private static ArrayValue numbers(int... numbers) {
    return ArrayValue.of(IntStream.of(numbers).mapToObj(NumberValue::of).toList());
  }

  private static Value date(BuiltinContext context, Value[] operands) {
    ZonedDateTime moment = moment(operands, 0);
    return numbers(moment.getYear(), moment.getMonthValue(), moment.getDayOfMonth());
  }

  private static Value clock(BuiltinContext context, Value[] operands) {
    ZonedDateTime moment = moment(operands, 0);
    return numbers(moment.getHour(), moment.getMinute(), moment.getSecond());
  }

  /** Adds fields as Go does: a day past the end of its month runs on into the next one. */
  private static Value addDate(BuiltinContext context, Value[] operands) {
    ZonedDateTime moment = moment(operands, 0);
    try {
      long years = Operands.integer(operands, 1);
      long months = Operands.integer(operands, 2);
      long days = Operands.integer(operands, 3);
      long day = Math.addExact(moment.getDayOfMonth() - 1L, days);
      LocalDate first = moment.toLocalDate().withDayOfMonth(1);
      LocalDateTime shifted =
          first.plusYears(years).plusMonths(months).plusDays(day).atTime(moment.toLocalTime());
      long seconds = ZonedDateTime.of(shifted, moment.getZone()).toEpochSecond();
      return nanos(
          BigInteger.valueOf(seconds)
              .multiply(BigInteger.valueOf(NANOS))
              .add(BigInteger.valueOf(shifted.getNano())));
    } catch (DateTimeException | ArithmeticException e) {
      throw BuiltinError.of("time outside of valid range");
    }
  }

  private static Value difference(BuiltinContext context, Value[] operands) {
    ZonedDateTime a = moment(operands, 0);
    ZonedDateTime b = moment(operands, 1).withZoneSameInstant(a.getZone());
    ZonedDateTime early = a.isAfter(b) ? b : a;
    ZonedDateTime late = a.isAfter(b) ? a : b;
    int[] fields = {
      late.getYear() - early.getYear(),
      late.getMonthValue() - early.getMonthValue(),
      late.getDayOfMonth() - early.getDayOfMonth(),
      late.getHour() - early.getHour(),
      late.getMinute() - early.getMinute(),
      late.getSecond() - early.getSecond()
    };
    int[] sizes = {0, 12, early.toLocalDate().lengthOfMonth(), 24, 60, 60};
    for (int i = fields.length - 1; i > 0; i--) {
      if (fields[i] < 0) {
        fields[i] += sizes[i];
        fields[i - 1]--;
      }
    }
    return numbers(fields);
  }

  private static ZonedDateTime moment(Value[] operands, int index) {
    Value operand = operands[index];
    ZoneId zone = ZoneOffset.UTC;
    Value number = operand;
    if (operand instanceof ArrayValue array && !array.isEmpty()) {
      number = array.get(0);
      if (array.size() > 1) {
        zone = zone(Operands.text(new Value[] {array.get(1)}, 0));
      }
      number = Operands.number(new Value[] {number}, 0);
    } else if (!(operand instanceof NumberValue)) {
      throw Operands.typeError(new Value[] {operand}, 0, FORM);
    }
    long nanos = exactNanos((NumberValue) number);
    Instant instant =
        Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    return instant.atZone(zone);
  }

  private static long exactNanos(NumberValue number) {
    if (number.isLong()) {
      return number.longValue();
    }
    BigFloat value = BigFloat.of(number);
    if (!value.isInteger() || value.truncate().bitLength() >= Long.SIZE) {
      throw BuiltinError.of("timestamp too big");
    }
    return value.truncate().longValue();
  }

  private static ZoneId zone(String name) {
    // A decision must not depend on the machine, so "Local" is UTC here.
    if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
      return ZoneOffset.UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw BuiltinError.of("unknown time zone " + StringValue.of(name));
    }
    return ZoneId.of(name);
  }
}
