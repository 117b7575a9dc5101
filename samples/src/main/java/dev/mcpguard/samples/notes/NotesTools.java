package dev.mcpguard.samples.notes;

import dev.mcpguard.samples.server.SampleTool;
import dev.mcpguard.samples.server.SampleTool.Action;
import dev.mcpguard.samples.server.ToolHints;
import java.util.List;

/**
 * The tools of the notebook: three that read, two that write, one that only an administrator needs.
 */
final class NotesTools {
  private static final String FOLDER = property("folder", "Folder, for example /projects");
  private static final String PATH =
      property("path", "Path of the note, for example /projects/plan.md");

  private NotesTools() {}

  static List<SampleTool> of(Notebook notes) {
    return List.of(
        tool(
            "list_notes",
            ToolHints.READS,
            "List the notes below a folder.",
            schema(FOLDER, "folder"),
            call -> lines(notes.list(call.text("folder")), "no notes")),
        tool(
            "search_notes",
            ToolHints.READS,
            "Find the lines of notes below a folder that contain some words.",
            schema(FOLDER + "," + property("words", "Words to look for"), "folder", "words"),
            call -> lines(notes.search(call.text("folder"), call.text("words")), "nothing found")),
        tool(
            "read_note",
            ToolHints.READS,
            "Read one note.",
            schema(PATH, "path"),
            call -> notes.read(call.text("path"))),
        tool(
            "write_note",
            ToolHints.DESTROYS,
            "Write a note. A note of the same path is replaced.",
            schema(PATH + "," + property("text", "The whole text of the note"), "path", "text"),
            call -> {
              notes.write(call.text("path"), call.text("text"));
              return "written: " + call.text("path");
            }),
        tool(
            "delete_note",
            ToolHints.DESTROYS,
            "Delete one note.",
            schema(PATH, "path"),
            call -> {
              notes.delete(call.text("path"));
              return "deleted: " + call.text("path");
            }),
        tool(
            "purge_notes",
            ToolHints.DESTROYS,
            "Delete every note below a folder. They cannot be brought back.",
            schema(FOLDER, "folder"),
            call -> "deleted: " + notes.purge(call.text("folder")) + " notes"));
  }

  private static SampleTool tool(
      String name, ToolHints hints, String description, String schema, Action action) {
    return new SampleTool(name, description, new SampleTool.Shape(hints, schema, null), action);
  }

  private static String lines(List<String> lines, String none) {
    return lines.isEmpty() ? none : String.join("\n", lines);
  }

  private static String schema(String properties, String... required) {
    return """
    {"type":"object","properties":{%s},"required":["%s"],"additionalProperties":false}\
    """
        .formatted(properties, String.join("\",\"", required));
  }

  private static String property(String name, String description) {
    return """
    "%s":{"type":"string","description":"%s"}\
    """
        .formatted(name, description);
  }
}
