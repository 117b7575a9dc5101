package dev.mcpguard.json;

/**
 * One thing wrong in a configuration file: where, what, and what to do next. Immutable.
 *
 * @param file the file as the reader knows it
 * @param line counted from 1; 0 when the whole file is meant
 * @param field the dotted path of the field, empty when none is meant
 * @param problem lower case, no full stop, input in backticks
 * @param advice what to do next; empty when the problem says it
 */
public record Finding(String file, int line, String field, String problem, String advice) {

  public Finding {
    // names and values come from files; a line break in one must not become a line of a log
    file = Excerpt.printable(file);
    field = Excerpt.printable(field);
    problem = Excerpt.printable(problem);
    advice = Excerpt.printable(advice);
  }

  /** For instance {@code agents.yaml:12: purposes.audit.class: unknown class `Read`; use read}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    if (!field.isEmpty()) {
      text.append(field).append(": ");
    }
    text.append(problem);
    return advice.isEmpty() ? text.toString() : text.append("; ").append(advice).toString();
  }
}
