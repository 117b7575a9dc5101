package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code strings.render_template} for templates that only name variables, such as <code>{{.a.b}}
 * </code>. Go's control structures and functions are refused, not guessed.
 */
final class TemplateBuiltins {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(- )?([^}]*?)( -)?\\}\\}");
  private static final Pattern FIELDS = Pattern.compile("(?:\\.[A-Za-z_][A-Za-z0-9_]*)+");

  private TemplateBuiltins() {}

  static void register(Registry registry) {
    registry.add(
        "strings.render_template",
        "(string, object[string: any]) => string",
        TemplateBuiltins::render);
  }

  private static Value render(BuiltinContext context, Value[] operands) {
    String template = Operands.text(operands, 0);
    ObjectValue variables = Operands.object(operands, 1);
    context.charge(1 + template.length());
    StringBuilder out = new StringBuilder();
    Matcher matcher = ACTION.matcher(template);
    int last = 0;
    boolean trim = false;
    while (matcher.find()) {
      String between = template.substring(last, matcher.start());
      between = trim ? between.stripLeading() : between;
      out.append(matcher.group(1) == null ? between : between.stripTrailing());
      String text = text(variables, matcher.group(2).strip());
      context.charge(Texts.cost(text));
      out.append(text);
      trim = matcher.group(3) != null;
      last = matcher.end();
    }
    String rest = template.substring(last);
    if (rest.contains("{{")) {
      throw BuiltinError.of("template: unclosed action");
    }
    return StringValue.of(out.append(trim ? rest.stripLeading() : rest).toString());
  }

  private static String text(ObjectValue variables, String action) {
    if (action.startsWith("/*") && action.endsWith("*/")) {
      return "";
    }
    if (!FIELDS.matches(action)) {
      throw BuiltinError.of("template: only variables such as {{.name}} are supported, not `" + action + "`");
    }
    Value found = variables;
    for (String name : action.substring(1).split("\\.", -1)) {
      found = step(found, name);
    }
    return found == null ? "<undefined>" : found instanceof StringValue text ? text.text() : plain(found, action);
  }

  private static @Nullable Value step(@Nullable Value value, String name) {
    if (value == null || value instanceof ObjectValue) {
      return value instanceof ObjectValue object ? object.get(name) : null;
    }
    throw BuiltinError.of("template: can't evaluate field " + name);
  }

  private static String plain(Value value, String action) {
    return switch (value.typeName()) {
      case "number", "boolean" -> value.toString();
      case "null" -> "<undefined>";
      default -> throw BuiltinError.of("template: `" + action + "` is a " + value.typeName() + ", which is not rendered");
    };
  }
}
