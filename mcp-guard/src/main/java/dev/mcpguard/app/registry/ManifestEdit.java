package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.json.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets or removes one field of one tool in the text of a manifest, line by line, so that comments
 * and order stay. One text at a time; not thread-safe.
 *
 * <p>INVARIANT: the text that results, read again, differs from the one before in exactly that field;
 * what cannot be edited so is refused and left to the owner's hand.
 */
final class ManifestEdit {
  private final String file;
  private List<String> lines;
  private YamlDocument document;

  ManifestEdit(String file, String text) throws ConfigException {
    this.file = file;
    this.lines = new ArrayList<>(List.of(text.split("\n", -1)));
    this.document = StrictYaml.parse(text, file);
  }

  String text() {
    return String.join("\n", lines);
  }

  /**
   * Sets a field.
   *
   * @param written the value as one line of YAML that may stand in braces too
   */
  void set(String tool, String field, String written) throws ConfigException {
    JsonObject expected = tools().with(tool, tool(tool).with(field, value(written)));
    List<String> edited = new ArrayList<>(lines);
    int line = line(tool);
    if (inBraces(line)) {
      edited.set(line, setInBraces(lines.get(line), tool, field, written));
    } else if (tool(tool).has(field)) {
      int at = line(tool, field);
      removeBelow(edited, at);
      edited.set(at, replaced(lines.get(at), field, written));
    } else {
      String indent = indentOfFields(tool, line);
      edited.add(endOfFields(tool), indent + field + ": " + written);
    }
    accept(edited, expected, tool, field + ": " + written);
  }

  /** Removes a field that is there. */
  void remove(String tool, String field) throws ConfigException {
    if (!tool(tool).has(field)) {
      return;
    }
    JsonObject expected = tools().with(tool, tool(tool).without(field));
    List<String> edited = new ArrayList<>(lines);
    int line = line(tool);
    if (inBraces(line)) {
      edited.set(
          line,
          lines.get(line).replaceFirst(",\\s*" + field + ":" + VALUE + "|" + field + ":" + VALUE + ",\\s*", ""));
    } else {
      int at = line(tool, field);
      removeBelow(edited, at);
      edited.remove(at);
    }
    accept(edited, expected, tool, "without " + field);
  }

  /** Declares a tool at the end of the tools. */
  void declare(String tool, String riskClass) throws ConfigException {
    JsonObject expected =
        tools().with(tool, JsonObject.builder().put("class", riskClass).build());
    List<String> edited = new ArrayList<>(lines);
    List<String> names = List.copyOf(tools().members().keySet());
    String quoted = tool.matches("[A-Za-z_][A-Za-z0-9_-]*") ? tool : "\"" + tool + "\"";
    if (names.isEmpty()) {
      throw refuse(tool, "declare it by hand first: the manifest has no tools yet");
    }
    int last = line(names.getLast());
    int end = inBraces(last) ? last + 1 : endOfFields(names.getLast());
    String indent = indent(lines.get(last));
    edited.add(end, indent + "  class: " + riskClass);
    edited.add(end, indent + quoted + ":");
    accept(edited, expected, tool, "class: " + riskClass);
  }

  private static final String VALUE = "\\s*(?:\\{[^{}]*}|\"[^\"]*\"|[^,{}]*[^,{}\\s])";

  private static String setInBraces(String line, String tool, String field, String written) {
    Matcher there = Pattern.compile("([{,]\\s*)" + field + ":" + VALUE).matcher(line);
    if (there.find()) {
      return line.substring(0, there.start())
          + there.group(1) + field + ": " + written
          + line.substring(there.end());
    }
    int brace = line.indexOf('{', line.indexOf(tool) + tool.length());
    String rest = line.substring(brace + 1);
    String comma = rest.stripLeading().startsWith("}") ? "" : ", ";
    return line.substring(0, brace + 1) + field + ": " + written + comma + rest;
  }

  private static String replaced(String line, String field, String written) {
    int colon = line.indexOf(':', line.indexOf(field));
    Matcher comment = Pattern.compile("\\s+#.*$").matcher(line);
    boolean commented = comment.find(colon);
    return line.substring(0, colon + 1) + " " + written + (commented ? comment.group() : "");
  }

  /** Removes the lines that belong to the value of the field on this line. */
  private static void removeBelow(List<String> edited, int at) {
    int depth = indent(edited.get(at)).length();
    while (at + 1 < edited.size()
        && !edited.get(at + 1).isBlank()
        && indent(edited.get(at + 1)).length() > depth) {
      edited.remove(at + 1);
    }
  }

  private boolean inBraces(int line) {
    String text = lines.get(line);
    return Pattern.compile(":\\s+\\{").matcher(text).find();
  }

  private String indentOfFields(String tool, int line) throws ConfigException {
    for (String name : tool(tool).members().keySet()) {
      return indent(lines.get(line(tool, name)));
    }
    return indent(lines.get(line)) + "  ";
  }

  /** The line after the last one of a tool written in lines; comments below it are not its own. */
  private int endOfFields(String tool) throws ConfigException {
    int line = line(tool);
    int depth = indent(lines.get(line)).length();
    int end = line + 1;
    for (int at = line + 1; at < lines.size(); at++) {
      String text = lines.get(at);
      boolean empty = text.isBlank() || text.stripLeading().startsWith("#");
      if (!empty && indent(text).length() <= depth) {
        break;
      }
      end = empty ? end : at + 1;
    }
    return end;
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private int line(String tool) {
    return document.line("/tools/" + tool) - 1;
  }

  private int line(String tool, String field) {
    return document.line("/tools/" + tool + "/" + field) - 1;
  }

  private JsonObject tools() {
    JsonObject tools = ((JsonObject) document.root()).object("tools");
    return tools == null ? JsonObject.of() : tools;
  }

  private JsonObject tool(String tool) throws ConfigException {
    JsonObject found = tools().object(tool);
    if (found == null) {
      throw refuse(tool, "declare it first, or approve it by name");
    }
    return found;
  }

  private JsonValue value(String written) throws ConfigException {
    JsonValue parsed = StrictYaml.parse("value: " + written + "\n", file).root();
    JsonValue value = parsed instanceof JsonObject object ? object.get("value") : null;
    if (value == null) {
      throw new IllegalArgumentException("a written value is never absent");
    }
    return value;
  }

  private void accept(List<String> edited, JsonObject expected, String tool, String change)
      throws ConfigException {
    YamlDocument read = reread(String.join("\n", edited));
    JsonObject root = (JsonObject) document.root();
    if (read == null || !read.root().equals(root.with("tools", expected))) {
      throw refuse(tool, "write it by hand: `" + change + "`");
    }
    lines = edited;
    document = read;
  }

  private @Nullable YamlDocument reread(String text) {
    try {
      return StrictYaml.parse(text, file);
    } catch (ConfigException broken) {
      return null;
    }
  }

  private ConfigException refuse(String tool, String advice) {
    Finding finding =
        new Finding(
            file, document.line("/tools/" + tool), "tools." + tool,
            "cannot be edited without touching more", advice);
    return new ConfigException(List.of(finding));
  }
}
