package dev.mcpguard.rego.test;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case of a case file: a query over modules and documents and what it must give.
 *
 * @param wanted the wanted rows, null when an error is wanted
 * @param errorCode the wanted error code, null if any error will do
 */
public record PolicyCase(
    String file,
    String note,
    String query,
    List<String> modules,
    Value data,
    @Nullable Value input,
    @Nullable String inputTerm,
    @Nullable ArrayValue wanted,
    @Nullable String errorCode,
    boolean strictErrors,
    boolean sortBindings,
    boolean ignoreGenerated) {
  public PolicyCase {
    modules = List.copyOf(modules);
  }

  /** Reads the cases of a file: an array of objects, or an object with {@code cases}. */
  public static List<PolicyCase> list(Value document) {
    Value list = document instanceof ObjectValue object ? object.get("cases") : document;
    List<PolicyCase> cases = new ArrayList<>();
    if (list instanceof ArrayValue array) {
      for (Value each : array) {
        if (!(each instanceof ObjectValue object)) {
          throw new IllegalArgumentException("a case must be an object");
        }
        cases.add(of(object));
      }
    }
    return cases;
  }

  private static PolicyCase of(ObjectValue object) {
    List<String> modules = new ArrayList<>();
    if (object.get("modules") instanceof ArrayValue array) {
      array.forEach(module -> modules.add(((StringValue) module).text()));
    }
    Value data = object.get("data");
    boolean error = object.get("want_error") != null || object.get("want_error_code") != null;
    return new PolicyCase(
        orEmpty(text(object, "file")),
        orEmpty(text(object, "note")),
        orEmpty(text(object, "query")),
        modules,
        data == null || data instanceof NullValue ? ObjectValue.EMPTY : data,
        object.get("input"),
        text(object, "input_term"),
        error || !(object.get("want_result") instanceof ArrayValue rows) ? null : rows,
        codeOf(object),
        flag(object, "strict_error"),
        flag(object, "sort_bindings"),
        flag(object, "ignore_generated_vars"));
  }

  private static @Nullable String codeOf(ObjectValue object) {
    String code = text(object, "want_error_code");
    String message = text(object, "want_error");
    if (code != null || message == null) {
      return code;
    }
    for (String known :
        List.of("eval_builtin_error", "eval_type_error", "eval_conflict_error")) {
      if (message.contains(known)) {
        return known;
      }
    }
    return null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String text(ObjectValue object, String key) {
    return object.get(key) instanceof StringValue text ? text.text() : null;
  }

  private static boolean flag(ObjectValue object, String key) {
    return object.get(key) == BooleanValue.TRUE;
  }
}
