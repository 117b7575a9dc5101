package dev.mcpguard.registry;

import dev.mcpguard.json.Excerpt;
import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the argument rules of one tool. */
final class ArgumentRuleReader {
  private static final String PATH_RULE =
      "write folders such as `/data` without `..`, `%`, `\\` or look-alike characters";

  private ArgumentRuleReader() {}

  static List<ArgumentRule> read(@Nullable Fields fields) {
    List<ArgumentRule> rules = new ArrayList<>();
    Set<JsonPointer> seen = new HashSet<>();
    for (String name : fields == null ? List.<String>of() : fields.names()) {
      JsonPointer argument =
          name.startsWith("/") ? JsonPointer.ofText(name) : JsonPointer.ofName(name);
      Fields rule = Objects.requireNonNull(fields).object(name);
      if (argument == null) {
        rule.names().forEach(rule::has);
        rule.problem("kind", "the argument is not a json pointer", "write `/a/b` or a name");
      } else if (!seen.add(argument)) {
        rule.names().forEach(rule::has);
        rule.problem("kind", "a second rule for this argument", "keep one");
      } else {
        ArgumentRule read = rule(argument, rule);
        if (rule.sound()) {
          rules.add(read);
        }
      }
    }
    return rules;
  }

  private static ArgumentRule rule(JsonPointer argument, Fields fields) {
    boolean optional = fields.flag("optional", false);
    return switch (fields.choice("kind", ArgumentKind.class)) {
      case PATH ->
          new PathRule(
              argument, optional, some(fields, "allowed", CanonicalPath::ofText, PATH_RULE));
      case HOST ->
          new HostRule(
              argument, optional, some(fields, "hosts", HostPattern::ofText, HostPattern.RULE));
      case URL ->
          new UrlRule(
              argument,
              optional,
              Set.copyOf(some(fields, "schemes", ArgumentRuleReader::scheme, "write `https`")),
              some(fields, "hosts", HostPattern::ofText, HostPattern.RULE));
      case AMOUNT -> amount(argument, optional, fields);
      case SQL -> new SqlRule(argument, optional, fields.choice("class", RiskClass.class));
      case RECIPIENT -> recipient(argument, optional, fields);
      case ENUM -> choice(argument, optional, fields);
      case TEXT -> new TextRule(argument, optional, (int) fields.integer("longest", 1, 1_000_000));
    };
  }

  /** At least one text, each read. */
  private static <T extends Object> List<T> some(
      Fields fields, String name, Function<String, @Nullable T> reader, String advice) {
    List<T> all = new ArrayList<>();
    for (String text : fields.texts(name)) {
      T read = reader.apply(text);
      if (read == null) {
        fields.problem(name, Excerpt.of(text) + " is not possible here", advice);
      } else {
        all.add(read);
      }
    }
    if (all.isEmpty() && fields.sound()) {
      fields.problem(name, "nothing would be allowed", advice);
    }
    return all;
  }

  private static @Nullable String scheme(String text) {
    return text.matches("[a-z][a-z0-9+-]{0,15}") ? text : null;
  }

  private static AmountRule amount(JsonPointer argument, boolean optional, Fields fields) {
    BigDecimal lowest = amount(fields, "lowest");
    BigDecimal highest = amount(fields, "highest");
    if (!fields.sound()) {
      return new AmountRule(argument, optional, BigDecimal.ZERO, BigDecimal.ZERO);
    }
    if (lowest.compareTo(highest) > 0) {
      fields.problem("lowest", "above the highest", "exchange them");
      return new AmountRule(argument, optional, highest, lowest);
    }
    return new AmountRule(argument, optional, lowest, highest);
  }

  private static BigDecimal amount(Fields fields, String name) {
    JsonValue value = fields.value(name);
    BigDecimal amount = value == null ? null : ArgumentJudge.amount(value);
    if (amount == null) {
      fields.problem(name, "not an amount", "write a decimal number such as `1000.00`");
      return BigDecimal.ZERO;
    }
    return amount;
  }

  private static RecipientRule recipient(JsonPointer argument, boolean optional, Fields fields) {
    Set<String> recipients = new HashSet<>();
    Set<String> domains = new HashSet<>();
    for (String text :
        some(fields, "allowed", Function.identity(), "write `a@b.example` or `@b.example`")) {
      if (text.startsWith("@")) {
        domains.add(text.substring(1).toLowerCase(Locale.ROOT));
      } else {
        recipients.add(text);
      }
    }
    return new RecipientRule(argument, optional, recipients, domains);
  }

  private static ChoiceRule choice(JsonPointer argument, boolean optional, Fields fields) {
    Set<String> values = Set.copyOf(some(fields, "values", Function.identity(), "list the values"));
    Map<String, RiskClass> classes = new HashMap<>();
    Fields written = fields.optionalObject("classes");
    for (String value : written == null ? List.<String>of() : written.names()) {
      classes.put(value, Objects.requireNonNull(written).choice(value, RiskClass.class));
      if (!values.contains(value)) {
        fields.problem(
            "classes", Excerpt.of(value) + " is not one of the values", "add or remove it");
      }
    }
    return new ChoiceRule(argument, optional, values, classes);
  }
}
