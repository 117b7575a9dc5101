package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.Finding;
import dev.mcpguard.policy.PolicyFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * What of {@code opa fmt}'s form can be judged line by line: indentation by tabs, no trailing blanks, no
 * carriage returns, at most one empty line in a row, one line break at the end. Raw strings are left
 * alone. It is no formatter: a file without findings may still be changed by {@code opa fmt}.
 */
public final class SourceForm {
  private final String file;
  private final List<Finding> findings = new ArrayList<>();

  private SourceForm(String file) {
    this.file = file;
  }

  /** Judges every policy and test. */
  public static List<Finding> check(PolicyFiles files) {
    List<Finding> findings = new ArrayList<>();
    files.texts().forEach((name, text) -> {
      if (name.endsWith(".rego")) {
        findings.addAll(check(name, text));
      }
    });
    return findings;
  }

  static List<Finding> check(String file, String text) {
    SourceForm form = new SourceForm(file);
    form.lines(text);
    form.ending(text);
    return form.findings;
  }

  private void lines(String text) {
    boolean raw = false;
    boolean lastEmpty = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      boolean startsRaw = raw;
      raw = endsRaw(line, raw);
      if (!startsRaw && !raw) {
        line(line, number);
        if (line.isEmpty() && lastEmpty) {
          find(number, "a second empty line", "keep one");
        }
      }
      lastEmpty = line.isEmpty();
    }
  }

  private void line(String line, int number) {
    if (line.endsWith(" ") || line.endsWith("\t")) {
      find(number, "blanks at the end of the line", "remove them");
    }
    String indentation = line.substring(0, line.length() - line.stripLeading().length());
    if (indentation.contains(" ")) {
      find(number, "indented with spaces", "indent with tabs");
    }
  }

  private void ending(String text) {
    int last = (int) text.lines().count();
    if (text.contains("\r")) {
      find(0, "carriage returns", "save with line feeds only");
    }
    if (!text.endsWith("\n")) {
      find(last, "no line break at the end of the file", "add one");
    } else if (text.endsWith("\n\n")) {
      find(last, "empty lines at the end of the file", "remove them");
    }
  }

  /** Whether a raw string is open after the line. */
  private static boolean endsRaw(String line, boolean startsRaw) {
    boolean raw = startsRaw;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (raw) {
        raw = c != '`';
      } else if (quoted) {
        quoted = c != '"';
        i += c == '\\' ? 1 : 0;
      } else if (c == '#') {
        return false;
      } else {
        raw = c == '`';
        quoted = c == '"';
      }
    }
    return raw;
  }

  private void find(int line, String problem, String advice) {
    findings.add(new Finding(file, line, "", problem, advice));
  }
}
