package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What plain scalars stand for, by YAML 1.1 as OPA's library reads it. */
final class YamlScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");
  private static final Set<String> NOT_JSON =
      Set.of(".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern BASED =
      Pattern.compile("[-+]?0(?:x[0-9a-fA-F]+|X[0-9a-fA-F]+|b[01]+|B[01]+|o?[0-7]+)");

  private static final BigDecimal MAX_UNSIGNED = new BigDecimal("18446744073709551615");

  private YamlScalars() {}

  static Value read(String text) {
    if (NULLS.contains(text)) {
      return NullValue.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return BooleanValue.of(TRUE.contains(text));
    }
    if (NOT_JSON.contains(text)) {
      throw BuiltinError.of("yaml number `" + text + "` has no form in json");
    }
    Value number = text.length() > 400 ? null : number(text.replace("_", ""));
    return number == null ? StringValue.of(text) : number;
  }

  private static @Nullable Value number(String text) {
    if (BASED.matches(text)) {
      return based(text);
    }
    String json = DECIMAL.matches(text) ? GoNumbers.toJsonNumber(text) : null;
    if (json == null) {
      return null;
    }
    try {
      NumberValue number = NumberValue.parse(json);
      boolean integer = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
      if (integer && number.decimal().toBigInteger().bitLength() <= Long.SIZE) {
        return NumberValue.of(number.decimal().toBigInteger());
      }
      // Anything else becomes a double there, and is written in its shortest form.
      return NumberValue.parse(GoNumbers.shortest(number.doubleValue()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Value based(String text) {
    boolean negative = text.startsWith("-");
    String bare = negative || text.startsWith("+") ? text.substring(1) : text;
    char kind = Character.toLowerCase(bare.charAt(1));
    int base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    String digits = Character.isDigit(kind) ? bare.substring(1) : bare.substring(2);
    BigInteger number = new BigInteger(digits, base);
    return NumberValue.of(negative ? number.negate() : number);
  }

  /** Whether text without quotes would be read as something else. */
  static boolean isAmbiguous(String text) {
    if (NOT_JSON.contains(text) || text.equals("<<") || text.matches("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")) {
      return true;
    }
    return text.matches("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?") || !(read(text) instanceof StringValue);
  }

  static String number(NumberValue number) {
    if (number.isInteger() && number.decimal().compareTo(MAX_UNSIGNED) <= 0) {
      return number.decimal().toBigInteger().toString();
    }
    return GoNumbers.shortest(number.doubleValue());
  }
}
