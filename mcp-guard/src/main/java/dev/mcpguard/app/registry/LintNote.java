package dev.mcpguard.app.registry;

import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.VisibleText;
import java.util.Locale;

/**
 * One finding of lint. Immutable.
 *
 * @param code kebab-case and stable
 * @param finding where, what, and what to do next
 */
public record LintNote(Weight weight, String code, Finding finding) {

  /** How much it matters. */
  public enum Weight {
    /** Good to know. */
    INFO,
    /** Somebody must look at it. */
    WARNING,
    /** Wrong, or refused by the running guard. */
    ERROR;

    /** The spelling used in output. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For instance {@code pay.yaml:12: tools.x.class: error class-disagreement: ...}. */
  public String line() {
    String place = finding.line() > 0 ? finding.file() + ":" + finding.line() : finding.file();
    String field = finding.field().isEmpty() ? "" : finding.field() + ": ";
    String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
    return VisibleText.of(
        place + ": " + weight.text() + " " + code + ": " + field + finding.problem() + advice);
  }

  /** The same for programs. */
  public JsonObject json() {
    return JsonObject.builder()
        .put("severity", weight.text())
        .put("code", code)
        .put("file", finding.file())
        .put("line", finding.line())
        .put("field", finding.field())
        .put("problem", finding.problem())
        .put("advice", finding.advice())
        .build();
  }
}
