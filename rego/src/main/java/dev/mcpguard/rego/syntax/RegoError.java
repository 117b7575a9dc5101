package dev.mcpguard.rego.syntax;

/**
 * A reason why a source cannot be loaded. The code is OPA's ({@code rego_parse_error}, {@code
 * rego_unsafe_var_error}, {@code rego_type_error}, {@code rego_recursion_error}, {@code
 * rego_compile_error}); the message is one line.
 */
public record RegoError(String code, String message, Location location) {
  public static final String PARSE = "rego_parse_error";
  public static final String COMPILE = "rego_compile_error";
  public static final String TYPE = "rego_type_error";
  public static final String UNSAFE = "rego_unsafe_var_error";
  public static final String RECURSION = "rego_recursion_error";
  private static final int WIDEST = 160;

  /** One line: {@code file:line:column: code: message}. */
  public String summary() {
    return location + ": " + code + ": " + message;
  }

  /** The summary, the source line and a caret under the column. */
  public String render() {
    String line = location.source().line(location.line()).replace('\t', ' ');
    int caret = Math.min(location.column() - 1, line.length());
    int from = Math.max(0, Math.min(caret - WIDEST / 2, line.length() - WIDEST));
    String shown = line.substring(from, Math.min(line.length(), from + WIDEST));
    return summary() + "\n    " + shown + "\n    " + " ".repeat(caret - from) + "^";
  }

  @Override
  public String toString() {
    return summary();
  }
}
