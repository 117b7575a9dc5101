package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of the plainest form: {@code name: words} and {@code name: |} with indented lines. It is nearly
 * all metadata there is, and reading it here keeps the YAML library out of the start of a process.
 */
final class PlainMetadata {
  /** Plain scalars that YAML reads as text whatever the schema. */
  private static final Pattern WORDS = Pattern.compile("[A-Za-z][ -~&&[^:#]]*[!-~&&[^:#]]");
  /** Words that YAML may read as something else. */
  private static final List<String> OTHER = List.of("true", "false", "null", "yes", "no", "on", "off");
  private static final String INDENT = "   ";

  private final List<String> lines;
  private int next;

  private PlainMetadata(List<String> lines) {
    this.lines = lines;
  }

  /** The mapping, or null if the text is not of that form and YAML has to say what it is. */
  static @Nullable ObjectValue read(String yaml) {
    return new PlainMetadata(yaml.lines().toList()).mapping();
  }

  private @Nullable ObjectValue mapping() {
    ObjectValue.Builder object = ObjectValue.builder();
    Set<String> names = new HashSet<>();
    while (next < lines.size()) {
      String line = lines.get(next++);
      int colon = line.indexOf(": ");
      String name = colon < 2 || line.charAt(0) != ' ' ? "" : line.substring(1, colon);
      if (!isName(name) || !names.add(name)) {
        return null;
      }
      String text = line.substring(colon + 2).strip();
      String value = text.equals("|") ? block() : isWords(text) ? text : null;
      if (value == null) {
        return null;
      }
      object.put(name, StringValue.of(value));
    }
    return object.build();
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && !OTHER.contains(name) && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '_');
  }

  private static boolean isWords(String text) {
    return WORDS.matcher(text).matches() && !OTHER.contains(text.toLowerCase(java.util.Locale.ROOT));
  }

  /** The lines of a literal block; null if they are not indented by two blanks or end with an empty one. */
  private @Nullable String block() {
    StringBuilder text = new StringBuilder();
    while (next < lines.size() && (lines.get(next).isEmpty() || lines.get(next).startsWith(INDENT))) {
      String line = lines.get(next++);
      if (line.isEmpty() ? !continues() : line.length() == INDENT.length() || line.charAt(INDENT.length()) == ' ') {
        return null;
      }
      text.append(line.isEmpty() ? "" : line.substring(INDENT.length())).append('\n');
    }
    return text.isEmpty() ? null : text.toString();
  }

  private boolean continues() {
    return next < lines.size() && lines.get(next).startsWith(INDENT);
  }
}
