package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's replacement templates: {@code $1}, {@code $name}, <code>${name}</code> and {@code $$}. */
final class RegexExpansion {
  private RegexExpansion() {}

  static void expand(String template, Matcher matcher, Pattern pattern, StringBuilder out) {
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0 || dollar + 1 == template.length()) {
        break;
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (template.charAt(at) == '$') {
        out.append('$');
        at++;
        continue;
      }
      boolean braced = template.charAt(at) == '{';
      int start = braced ? at + 1 : at;
      int end = nameEnd(template, start);
      if (end == start || braced && (end == template.length() || template.charAt(end) != '}')) {
        out.append('$');
        continue;
      }
      String group = group(template.substring(start, end), matcher, pattern);
      out.append(group == null ? "" : group);
      at = braced ? end + 1 : end;
    }
    out.append(template, at, template.length());
  }

  private static int nameEnd(String template, int start) {
    int end = start;
    while (end < template.length() && isNamePart(template.codePointAt(end))) {
      end += Character.charCount(template.codePointAt(end));
    }
    return end;
  }

  private static boolean isNamePart(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private static @Nullable String group(String name, Matcher matcher, Pattern pattern) {
    boolean number = name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && (name.length() == 1 || name.charAt(0) != '0')) {
      int index = Integer.parseInt(name);
      return index <= matcher.groupCount() ? matcher.group(index) : null;
    }
    Map<String, Integer> named = pattern.namedGroups();
    Integer index = named.get(name);
    return index == null ? null : matcher.group(index);
  }
}
