package dev.mcpguard.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the arguments of one call by a tool's rules, and says which class the call has. Pure and
 * thread-safe; what cannot be understood breaks the rule.
 */
public final class ArgumentJudge {
  private static final int LONGEST_AMOUNT = 64;

  private ArgumentJudge() {}

  /** The verdict on a call of the tool. */
  public static ArgumentVerdict judge(RegisteredTool tool, JsonObject arguments) {
    List<ArgumentViolation> violations = new ArrayList<>();
    Map<JsonPointer, RiskClass> proven = new HashMap<>();
    for (ArgumentRule rule : tool.rules()) {
      judge(rule, arguments, violations, proven);
    }
    if (!violations.isEmpty()) {
      return new ArgumentVerdict(violations, RiskClass.ADMIN);
    }
    RiskClass riskClass = tool.floor();
    // INVARIANT: every rule that proves a class is about a deciding argument
    for (JsonPointer deciding : tool.deciding()) {
      riskClass = riskClass.max(proven.getOrDefault(deciding, RiskClass.ADMIN));
    }
    return new ArgumentVerdict(List.of(), riskClass);
  }

  private static void judge(
      ArgumentRule rule,
      JsonObject arguments,
      List<ArgumentViolation> violations,
      Map<JsonPointer, RiskClass> proven) {
    JsonValue value = rule.argument().find(arguments);
    if (value == null) {
      if (!rule.optional()) {
        violations.add(new ArgumentViolation(rule.argument(), "missing"));
      }
      return;
    }
    for (JsonValue element : value instanceof JsonArray list ? list.values() : List.of(value)) {
      String problem = problem(rule, element);
      if (problem != null) {
        violations.add(new ArgumentViolation(rule.argument(), problem));
        return;
      }
      RiskClass elementClass = proves(rule, element);
      if (elementClass != null) {
        proven.merge(rule.argument(), elementClass, RiskClass::max);
      }
    }
  }

  private static @Nullable String problem(ArgumentRule rule, JsonValue value) {
    if (rule instanceof AmountRule amount) {
      return amountProblem(amount, value);
    }
    if (!(value instanceof JsonString string)) {
      return "not a text";
    }
    String text = string.value();
    return switch (rule) {
      case PathRule path -> pathProblem(path, text);
      case HostRule host ->
          host.hosts().stream().anyMatch(pattern -> pattern.matches(text))
              ? null
              : "not one of the allowed hosts";
      case UrlRule url -> UrlCheck.keeps(url, text) ? null : "not one of the allowed urls";
      case SqlRule sql ->
          sql.ceiling().covers(SqlText.classOf(text))
              ? null
              : "does more than " + sql.ceiling().text();
      case RecipientRule recipient ->
          RecipientCheck.keeps(recipient, text) ? null : "not one of the allowed recipients";
      case ChoiceRule choice ->
          choice.values().contains(text) ? null : "not one of the allowed values";
      case TextRule bounds -> textProblem(bounds, text);
      case AmountRule amount -> amountProblem(amount, value);
    };
  }

  private static @Nullable RiskClass proves(ArgumentRule rule, JsonValue value) {
    if (!(value instanceof JsonString text)) {
      return null;
    }
    return switch (rule) {
      case SqlRule sql -> SqlText.classOf(text.value());
      case ChoiceRule choice -> choice.classOf(text.value());
      case PathRule other -> null;
      case HostRule other -> null;
      case UrlRule other -> null;
      case AmountRule other -> null;
      case RecipientRule other -> null;
      case TextRule other -> null;
    };
  }

  private static @Nullable String pathProblem(PathRule rule, String text) {
    CanonicalPath path = CanonicalPath.ofText(text);
    if (path == null) {
      return "not a canonical path";
    }
    return rule.allowed().stream().anyMatch(folder -> folder.contains(path))
        ? null
        : "outside the allowed folders";
  }

  private static @Nullable String amountProblem(AmountRule rule, JsonValue value) {
    BigDecimal amount = amount(value);
    if (amount == null) {
      return "not an amount";
    }
    boolean within = amount.compareTo(rule.lowest()) >= 0 && amount.compareTo(rule.highest()) <= 0;
    return within ? null : "outside the allowed amounts";
  }

  /** Exact; an amount with an exponent is refused, because servers read it differently. */
  static @Nullable BigDecimal amount(JsonValue value) {
    String text =
        switch (value) {
          case JsonNumber number -> number.text();
          case JsonString string -> string.value();
          default -> "";
        };
    return text.length() <= LONGEST_AMOUNT && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")
        ? new BigDecimal(text)
        : null;
  }

  private static @Nullable String textProblem(TextRule rule, String text) {
    if (text.codePointCount(0, text.length()) > rule.longest()) {
      return "longer than " + rule.longest() + " characters";
    }
    boolean control =
        text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    return control ? "holds a control character" : null;
  }

  /** The widest class a call that keeps the rules can have. */
  static RiskClass widest(RiskClass floor, Set<JsonPointer> deciding, List<ArgumentRule> rules) {
    Map<JsonPointer, RiskClass> provable = new HashMap<>();
    for (ArgumentRule rule : rules) {
      RiskClass widest = rule.widest();
      if (widest != null) {
        provable.put(rule.argument(), widest);
      }
    }
    RiskClass riskClass = floor;
    for (JsonPointer argument : deciding) {
      riskClass = riskClass.max(provable.getOrDefault(argument, RiskClass.ADMIN));
    }
    return riskClass;
  }
}
