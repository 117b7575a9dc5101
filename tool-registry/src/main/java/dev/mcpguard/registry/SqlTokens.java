package dev.mcpguard.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into tokens: words in upper case, {@code '} for a literal, {@code "} for a quoted name,
 * or one character. Gives up on everything that two databases cut differently: that is how one sees
 * a comment where the other sees a statement. One text, one thread.
 */
final class SqlTokens {
  private static final int LONGEST = 100_000;
  private static final String PLAIN = "()*,.;=<>!+-/%|^~:?";
  private static final Pattern QUOTED_NAME = Pattern.compile("[A-Za-z0-9_ $.-]+");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String text) {
    this.text = text;
  }

  /** The tokens, or null when the text can be read in two ways. */
  static @Nullable List<String> of(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    SqlTokens scanner = new SqlTokens(text);
    while (scanner.at < text.length()) {
      if (!scanner.step()) {
        return null;
      }
    }
    return scanner.tokens;
  }

  private boolean step() {
    char c = text.charAt(at);
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      at++;
      return true;
    }
    if (text.startsWith("--", at)) {
      return lineComment();
    }
    if (text.startsWith("/*", at)) {
      return blockComment();
    }
    if (isWord(c)) {
      return word();
    }
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(c);
    }
    // `#` comments, `\` commands, `[` names, `$` quotes, `@` variables, `&` prefixes, `{` escapes
    // and other alphabets are not understood
    at++;
    return PLAIN.indexOf(c) >= 0 && tokens.add(String.valueOf(c));
  }

  private boolean lineComment() {
    // MySQL wants white space after the dashes and otherwise reads two minus signs
    if (at + 2 < text.length() && " \t\n\r".indexOf(text.charAt(at + 2)) < 0) {
      return false;
    }
    // a lone carriage return ends the line for some
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    int carriage = text.indexOf('\r', at);
    if (carriage >= 0 && carriage < stop && carriage + 1 != stop) {
      return false;
    }
    at = stop;
    return true;
  }

  private boolean blockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      return false;
    }
    String inside = text.substring(at + 2, end);
    at = end + 2;
    // `/*!` and `/*M!` are executed by MySQL and MariaDB; nested comments nest in some databases
    return !inside.startsWith("!") && !inside.startsWith("M!") && !inside.contains("/*");
  }

  private boolean word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    // N'..', E'..', q'[..]' and U&"..": prefixes change what ends the literal
    boolean prefix = at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
    tokens.add(text.substring(start, at).toUpperCase(Locale.ROOT));
    return !prefix;
  }

  private boolean quoted(char quote) {
    int start = at + 1;
    int end = text.indexOf(quote, start);
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == quote) {
      end = text.indexOf(quote, end + 2);
    }
    if (end < 0) {
      return false;
    }
    String inside = text.substring(start, end);
    at = end + 1;
    tokens.add(quote == '\'' ? "'" : "\"");
    boolean followedByWord = at < text.length() && isWord(text.charAt(at));
    // a backslash escapes the quote in some databases; a back tick is an operator in others
    return !followedByWord
        && inside.indexOf('\\') < 0
        && inside.indexOf('\0') < 0
        && (quote == '\'' || QUOTED_NAME.matcher(inside).matches());
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
