package dev.mcpguard.app.registry;

import dev.mcpguard.json.Finding;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.poison.NameSafety;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that may pass for one another, across all servers. */
final class NameLint {
  private static final int MOST_COMPARED = 500;

  private NameLint() {}

  static void check(RegistrySnapshot snapshot, List<LintNote> notes) {
    List<String> servers = new ArrayList<>();
    Map<String, String> looks = new HashMap<>();
    for (ServerManifest manifest : snapshot.manifests()) {
      String server = manifest.server().text();
      for (String other : servers) {
        compare(server, "server", other, server, notes);
      }
      servers.add(server);
      List<String> tools = new ArrayList<>();
      for (String tool : manifest.tools().keySet()) {
        for (String other : tools) {
          compare(server, "tools." + tool, other, tool, notes);
        }
        if (tools.size() < MOST_COMPARED) {
          tools.add(tool);
        }
        exposed(server, tool, looks, notes);
      }
    }
  }

  private static void compare(
      String server, String field, String other, String name, List<LintNote> notes) {
    NameSafety.Likeness likeness = NameSafety.compare(other, name);
    switch (likeness) {
      case DISTINCT, SAME -> {}
      case NEAR -> {
        // plurals and numbered names are ordinary within a server
        if (field.equals("server")) {
          note(LintNote.Weight.WARNING, server, field, "`" + name + "` is near `" + other + "`", notes);
        }
      }
      case SQUATTING ->
          note(
              LintNote.Weight.WARNING, server, field,
              "`" + name + "` is `" + other + "` with a badge of trust", notes);
      case LOOK_ALIKE, COLLISION ->
          note(
              LintNote.Weight.ERROR, server, field, "`" + name + "` looks like `" + other + "`", notes);
    }
  }

  /** Exposed names of different servers that look alike as a whole. */
  private static void exposed(
      String server, String tool, Map<String, String> looks, List<LintNote> notes) {
    String name = server + "__" + tool;
    String other = looks.putIfAbsent(NameSafety.look(name), name);
    if (other != null && !other.startsWith(server + "__")) {
      note(
          LintNote.Weight.ERROR, server, "tools." + tool,
          "`" + name + "` looks like `" + other + "`", notes);
    }
  }

  private static void note(
      LintNote.Weight weight, String server, String field, String problem, List<LintNote> notes) {
    Finding finding =
        new Finding(server + ".yaml", 0, field, problem, "give one of them a name of its own");
    notes.add(new LintNote(weight, "confusable-name", finding));
  }
}
