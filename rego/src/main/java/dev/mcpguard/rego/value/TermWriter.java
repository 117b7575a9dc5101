package dev.mcpguard.rego.value;

/** Writes values in Rego's notation, as OPA prints terms. */
final class TermWriter {
  private final StringBuilder out = new StringBuilder();

  private TermWriter() {}

  static String write(Value value) {
    TermWriter writer = new TermWriter();
    writer.append(value);
    return writer.out.toString();
  }

  private void append(Value value) {
    switch (value) {
      case NullValue _ -> out.append("null");
      case BooleanValue x -> out.append(x.value());
      case NumberValue x -> out.append(x.text());
      case StringValue x -> Quoting.appendQuoted(out, x.text());
      case ArrayValue x -> appendAll('[', x.elements(), ']');
      case ObjectValue x -> appendObject(x);
      case SetValue x -> appendSet(x);
    }
  }

  private void appendSet(SetValue set) {
    if (set.isEmpty()) {
      out.append("set()");
    } else {
      appendAll('{', set.sorted(), '}');
    }
  }

  private void appendAll(char open, Value[] elements, char close) {
    out.append(open);
    for (int i = 0; i < elements.length; i++) {
      if (i > 0) {
        out.append(", ");
      }
      append(elements[i]);
    }
    out.append(close);
  }

  private void appendObject(ObjectValue object) {
    out.append('{');
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      append(object.keyAt(i));
      out.append(": ");
      append(object.valueAt(i));
    }
    out.append('}');
  }
}
