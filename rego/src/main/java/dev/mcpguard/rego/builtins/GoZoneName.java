package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An abbreviation of a time zone at the start of a text, as Go recognizes it.
 */
record GoZoneName(int length) {
  private static final Pattern FORM =
      Pattern.compile("UTC|ChST|MeST|GMT(?:([+-])([0-9]{1,2}))?|[+-][0-9]{2}(?:[0-9]{2})?|[A-Z]{3,6}");

  static @Nullable GoZoneName at(String text, int start) {
    Matcher matcher = FORM.matcher(text.substring(start, Math.min(text.length(), start + 8)));
    if (!matcher.lookingAt()) {
      return null;
    }
    String name = matcher.group();
    if (matcher.group(2) != null) {
      int hours = Integer.parseInt(matcher.group(2));
      return hours > 23 ? null : new GoZoneName(name.length());
    }
    boolean letters = Character.isUpperCase(name.charAt(0)) && name.length() > 3;
    boolean named =
        name.equals("ChST")
            || name.equals("MeST")
            || name.equals("WITA")
            || name.length() == 4 && name.endsWith("T")
            || name.length() == 5 && name.endsWith("T");
    return letters && !named ? null : new GoZoneName(name.length());
  }
}
