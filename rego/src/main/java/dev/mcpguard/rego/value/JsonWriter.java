package dev.mcpguard.rego.value;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON text: sets as sorted arrays, keys that are no strings as their JSON text (always safe for
 * HTML, as OPA writes it), objects in the order of their keys.
 */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private final boolean safeForHtml;

  JsonWriter(boolean safeForHtml) {
    this.safeForHtml = safeForHtml;
  }

  String write(Value value) {
    append(value);
    return out.toString();
  }

  private void append(Value value) {
    switch (value) {
      case NullValue _ -> out.append("null");
      case BooleanValue x -> out.append(x.value());
      case NumberValue x -> out.append(x.text());
      case StringValue x -> appendString(x.text());
      case ArrayValue x -> appendAll(x.elements());
      case ObjectValue x -> appendObject(x);
      case SetValue x -> appendAll(x.sorted());
    }
  }

  private void appendAll(Value[] elements) {
    out.append('[');
    for (int i = 0; i < elements.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      append(elements[i]);
    }
    out.append(']');
  }

  private void appendObject(ObjectValue object) {
    out.append('{');
    if (!isSortedByText(object)) {
      appendByText(object);
      return;
    }
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      appendString(keyText(object.keyAt(i)));
      out.append(':');
      append(object.valueAt(i));
    }
    out.append('}');
  }

  // INVARIANT: strings come last in the order of scalars, so strings alone are sorted already.
  private static boolean isSortedByText(ObjectValue object) {
    return object.isEmpty()
        || object.keyAt(0) instanceof StringValue
            && object.keyAt(object.size() - 1) instanceof StringValue;
  }

  private void appendByText(ObjectValue object) {
    TreeMap<String, Value> entries = new TreeMap<>(ValueOrder::compareText);
    object.forEach((key, value) -> entries.put(keyText(key), value));
    String separator = "";
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      out.append(separator);
      appendString(entry.getKey());
      out.append(':');
      append(entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private String keyText(Value key) {
    return key instanceof StringValue text ? text.text() : new JsonWriter(true).write(key);
  }

  private void appendString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(text.charAt(i));
    }
    out.append('"');
  }

  private void appendCharacter(char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' ') {
      Quoting.appendControl(out, c);
    } else if (safeForHtml && isUnsafeInHtml(c)) {
      Quoting.appendUnicode(out, c);
    } else {
      out.append(c);
    }
  }

  private static boolean isUnsafeInHtml(char c) {
    return c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
  }
}
