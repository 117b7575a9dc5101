package dev.mcpguard.rego.builtins.schema;

import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigDecimal;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Keywords for strings and numbers. */
final class ScalarRules {
  private ScalarRules() {}

  static void text(ObjectValue schema, String text, Findings findings, LongConsumer charge) {
    charge.accept(1 + text.length() / 32L);
    long length = text.codePointCount(0, text.length());
    Long least = SchemaValidator.limit(schema, "minLength");
    if (least != null && length < least) {
      findings.add("string_gte", "String length must be greater than or equal to " + least);
    }
    Long most = SchemaValidator.limit(schema, "maxLength");
    if (most != null && length > most) {
      findings.add("string_lte", "String length must be less than or equal to " + most);
    }
    if (schema.get("pattern") instanceof StringValue expression) {
      Pattern pattern = SchemaCheck.compile(expression.text());
      charge.accept(1 + (long) text.length() * pattern.programSize() / 256);
      if (!pattern.matcher(text).find()) {
        findings.add("pattern", "Does not match pattern '" + expression.text() + "'");
      }
    }
    if (schema.get("format") instanceof StringValue format
        && !SchemaFormats.matches(format.text(), text)) {
      findings.add("format", "Does not match format '" + format.text() + "'");
    }
  }

  static void number(ObjectValue schema, NumberValue number, Findings findings) {
    if (schema.get("multipleOf") instanceof NumberValue unit
        && number.decimal().remainder(unit.decimal()).signum() != 0) {
      findings.add("multiple_of", "Must be a multiple of " + plain(unit));
    }
    NumberValue maximum = bound(schema, "maximum");
    boolean belowOnly = BooleanValue.TRUE.equals(schema.get("exclusiveMaximum"));
    if (maximum != null && number.compareTo(maximum) >= (belowOnly ? 0 : 1)) {
      addUpper(findings, maximum, belowOnly);
    }
    NumberValue below = bound(schema, "exclusiveMaximum");
    if (below != null && number.compareTo(below) >= 0) {
      addUpper(findings, below, true);
    }
    NumberValue minimum = bound(schema, "minimum");
    boolean aboveOnly = BooleanValue.TRUE.equals(schema.get("exclusiveMinimum"));
    if (minimum != null && number.compareTo(minimum) <= (aboveOnly ? 0 : -1)) {
      addLower(findings, minimum, aboveOnly);
    }
    NumberValue above = bound(schema, "exclusiveMinimum");
    if (above != null && number.compareTo(above) <= 0) {
      addLower(findings, above, true);
    }
  }

  private static @Nullable NumberValue bound(ObjectValue schema, String keyword) {
    Value value = schema.get(keyword);
    return value instanceof NumberValue number ? number : null;
  }

  private static void addUpper(Findings findings, NumberValue bound, boolean exclusive) {
    findings.add(
        exclusive ? "number_lt" : "number_lte",
        "Must be less than " + (exclusive ? "" : "or equal to ") + plain(bound));
  }

  private static void addLower(Findings findings, NumberValue bound, boolean exclusive) {
    findings.add(
        exclusive ? "number_gt" : "number_gte",
        "Must be greater than " + (exclusive ? "" : "or equal to ") + plain(bound));
  }

  private static String plain(NumberValue number) {
    BigDecimal decimal = number.decimal().stripTrailingZeros();
    return decimal.toPlainString();
  }
}
