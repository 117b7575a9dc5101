package dev.mcpguard.rego.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts a layout of Go's {@code time} into the parts that stand for fields and the text between. */
final class GoLayout {
  static final Map<String, String> NAMED =
      Map.of(
          "ANSIC", "Mon Jan _2 15:04:05 2006",
          "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
          "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
          "RFC822", "02 Jan 06 15:04 MST",
          "RFC822Z", "02 Jan 06 15:04 -0700",
          "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
          "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
          "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
          "RFC3339", "2006-01-02T15:04:05Z07:00",
          "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");

  // Longer fields stand before those they begin with.
  private static final String[] FIELDS = {
    "January", "Jan", "Monday", "Mon", "MST", "002", "01", "02", "03", "04", "05", "06", "15",
    "2006", "__2", "_2", "1", "2", "3", "4", "5", "PM", "pm", "-070000", "-07:00:00", "-0700",
    "-07:00", "-07", "Z070000", "Z07:00:00", "Z0700", "Z07:00", "Z07"
  };

  private GoLayout() {}

  /**
   * A part of a layout.
   *
   * @param field whether the text names a field; otherwise it stands for itself
   */
  record Part(boolean field, String text) {
    /** Whether this is a fraction of a second such as {@code .000}. */
    boolean isFraction() {
      return field && text.length() > 1 && (text.charAt(0) == '.' || text.charAt(0) == ',');
    }
  }

  static List<Part> parse(String layout) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < layout.length()) {
      String field = fieldAt(layout, at);
      if (field.isEmpty()) {
        at++;
        continue;
      }
      if (at > start) {
        parts.add(new Part(false, layout.substring(start, at)));
      }
      parts.add(new Part(true, field));
      at += field.length();
      start = at;
    }
    if (start < layout.length()) {
      parts.add(new Part(false, layout.substring(start)));
    }
    return parts;
  }

  private static String fieldAt(String layout, int at) {
    if (layout.charAt(at) == '.' || layout.charAt(at) == ',') {
      return fractionAt(layout, at);
    }
    if (layout.startsWith("_2006", at)) {
      return "";
    }
    for (String field : FIELDS) {
      if (layout.startsWith(field, at)) {
        boolean shortName = field.equals("Jan") || field.equals("Mon");
        return shortName && isLowerCase(layout, at + 3) ? "" : field;
      }
    }
    return "";
  }

  private static boolean isLowerCase(String layout, int at) {
    return at < layout.length() && layout.charAt(at) >= 'a' && layout.charAt(at) <= 'z';
  }

  private static String fractionAt(String layout, int at) {
    int end = at + 1;
    while (end < layout.length()
        && (layout.charAt(end) == '0' || layout.charAt(end) == '9')
        && layout.charAt(end) == layout.charAt(at + 1)) {
      end++;
    }
    boolean more = end < layout.length() && Character.isDigit(layout.charAt(end));
    return end == at + 1 || more ? "" : layout.substring(at, end);
  }
}
