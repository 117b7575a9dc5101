package dev.mcpguard.policy;

import dev.mcpguard.json.Finding;
import dev.mcpguard.rego.syntax.RegoError;

/**
 * One reason why a policy cannot be loaded, with its place in the source.
 *
 * @param file empty if it is of no single file
 * @param code OPA's code, such as {@code rego_type_error}
 * @param excerpt the source line and below it a caret under the column
 */
public record PolicyProblem(
    String file, int line, int column, String code, String message, String excerpt) {

  static PolicyProblem of(RegoError error) {
    String rendered = error.render();
    return new PolicyProblem(
        error.location().source().name(),
        error.location().line(),
        error.location().column(),
        error.code(),
        error.message(),
        rendered.substring(rendered.indexOf('\n') + 1));
  }

  Finding finding() {
    return new Finding(file, line, "", message, "correct the policy");
  }

  /** Summary, source line and caret: three lines; the summary alone where it has no place. */
  public String render() {
    if (file.isEmpty()) {
      return code + ": " + message;
    }
    return file + ":" + line + ":" + column + ": " + code + ": " + message + "\n" + excerpt;
  }
}
