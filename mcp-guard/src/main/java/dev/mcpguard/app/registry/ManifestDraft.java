package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.ToolName;
import dev.mcpguard.registry.classify.Reason;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.poison.PoisonFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the draft of a manifest: what the server says of itself, classed as the guard's classifier
 * would, its reasons and the poison findings as comments. What must not be served as it is stands
 * there without a digest. Nothing the server said is written but as a comment without control or
 * hidden characters, or as a quoted name.
 */
public final class ManifestDraft {
  private static final int WIDEST = 400;

  private final Head head;
  private final DefinitionJudge judge = new DefinitionJudge();
  private final StringBuilder out = new StringBuilder();

  /**
   * What is known of the server before it is asked.
   *
   * @param server the guard's name for it
   * @param transport the lines of {@code transport} and {@code credential}, in YAML
   * @param owner who answers for it
   */
  public record Head(
      String server, List<String> transport, String owner, String contact, String purpose) {
    public Head {
      transport = List.copyOf(transport);
    }
  }

  private ManifestDraft(Head head) {
    this.head = head;
  }

  /** The text of a manifest that loads. */
  public static String of(Head head, List<JsonObject> tools) {
    ManifestDraft draft = new ManifestDraft(head);
    draft.head();
    draft.tools(tools);
    return draft.out.toString();
  }

  /** The text as JSON and so as YAML: quoted, printable. */
  static String quoted(String text) {
    return JsonText.text(new JsonString(text));
  }

  private void head() {
    line("# yaml-language-server: $schema=../schema/manifest.schema.json");
    line("# drafted from what the server says of itself: read every line before you serve it");
    line("schema: 1");
    line("server: " + quoted(head.server()));
    line("owner: " + quoted(head.owner()));
    line("contact: " + quoted(head.contact()));
    line("purpose: " + quoted(head.purpose()));
    head.transport().forEach(this::line);
    line("# of all its data and how far it goes; lower these once you know better");
    line("sensitivity: restricted");
    line("destination: internet");
  }

  private void tools(List<JsonObject> tools) {
    if (tools.isEmpty()) {
      line("# the server was not asked or lists no tool: `registry inspect` writes them");
      return;
    }
    Map<String, Integer> times = new HashMap<>();
    tools.forEach(tool -> times.merge(folded(tool), 1, Integer::sum));
    line("tools:");
    boolean any = false;
    for (JsonObject tool : tools) {
      String name = String.valueOf(tool.string("name"));
      if (ToolName.ofText(name) == null) {
        comment("  ", "left out: `" + name + "` is no name a tool may have");
      } else if (times.getOrDefault(folded(tool), 0) > 1) {
        comment("  ", "left out: `" + name + "` is there several times, or differs only in case");
      } else {
        tool(name, tool);
        any = true;
      }
    }
    if (!any) {
      line("  {}");
    }
  }

  private static String folded(JsonObject tool) {
    return String.valueOf(tool.string("name")).toLowerCase(Locale.ROOT);
  }

  private void tool(String name, JsonObject definition) {
    Suggestion suggestion = judge.suggestion(definition);
    line("");
    String description = definition.string("description");
    if (description != null) {
      comment("  ", description);
    }
    line("  " + quoted(name) + ":");
    for (Reason reason : suggestion.reasons()) {
      comment("    ", suggestion.riskClass().text() + ": " + reason.words());
    }
    line("    class: " + suggestion.riskClass().text());
    if (!suggestion.effects().isEmpty()) {
      line(
          suggestion.effects().stream()
              .map(Effect::text)
              .collect(Collectors.joining(", ", "    effects: [", "]")));
    }
    digest(definition);
  }

  private void digest(JsonObject definition) {
    boolean blocked = false;
    for (PoisonFinding finding : judge.findings(head.server(), definition, List.of())) {
      blocked |= finding.severity() == PoisonFinding.Severity.BLOCK;
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      comment(
          "    ",
          severity + " " + finding.code().text() + " at " + finding.place() + ": " + finding.words());
    }
    blocked |= definition.object("inputSchema") == null;
    String digest = DefinitionDigest.of(definition).text();
    line(blocked ? "    # not pinned, see above: digest " + digest : "    digest: " + digest);
  }

  private void comment(String indent, String words) {
    line(indent + "# " + VisibleText.cut(words.replaceAll("\\s+", " ").strip(), WIDEST));
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
