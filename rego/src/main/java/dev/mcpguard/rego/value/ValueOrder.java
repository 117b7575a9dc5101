package dev.mcpguard.rego.value;

/** OPA's total order over values. */
final class ValueOrder {
  private ValueOrder() {}

  static int compare(Value a, Value b) {
    if (a == b) {
      return 0;
    }
    if (a.rank() != b.rank()) {
      return Integer.compare(a.rank(), b.rank());
    }
    return switch (a) {
      case NullValue _ -> 0;
      case BooleanValue x -> Boolean.compare(x.value(), ((BooleanValue) b).value());
      case NumberValue x -> x.compareNumber((NumberValue) b);
      case StringValue x -> compareText(x.text(), ((StringValue) b).text());
      case ArrayValue x -> compareElements(x.elements(), ((ArrayValue) b).elements());
      case ObjectValue x -> compareObjects(x, (ObjectValue) b);
      case SetValue x -> compareElements(x.sorted(), ((SetValue) b).sorted());
    };
  }

  private static int compareElements(Value[] a, Value[] b) {
    int shared = Math.min(a.length, b.length);
    for (int i = 0; i < shared; i++) {
      int order = compare(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int compareObjects(ObjectValue a, ObjectValue b) {
    int shared = Math.min(a.size(), b.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(a.keyAt(i), b.keyAt(i));
      if (order == 0) {
        order = compare(a.valueAt(i), b.valueAt(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Code point order, which is the byte order of UTF-8; UTF-16 order differs for surrogates. */
  static int compareText(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(codePointRank(x), codePointRank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int codePointRank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
