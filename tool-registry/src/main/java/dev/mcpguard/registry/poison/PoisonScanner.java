package dev.mcpguard.registry.poison;

import dev.mcpguard.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * Scans a tool definition for what is aimed at the model, the reader or the parser, in every string
 * it holds: name, title, description, schemas, enum values, defaults, annotations and members no
 * one has heard of. A clean scan approves nothing. Deterministic; nothing is fetched. Immutable and
 * thread-safe; time is linear in the definition times the number of rules.
 */
public final class PoisonScanner {
  private final List<TextCheck> checks =
      List.of(
          new CharacterCheck(),
          new ScriptCheck(),
          new InstructionCheck(),
          new SecretCheck(),
          new LinkCheck(),
          new LengthCheck());

  /**
   * Scans one tool.
   *
   * @param server the id of the tool's server
   * @param tool the tool object as received
   * @param exposedNames the names of all other tools, as exposed: {@code server__tool}
   */
  public List<PoisonFinding> scan(
      String server, JsonObject tool, Collection<String> exposedNames) {
    Findings findings = new Findings();
    DefinitionWalk walk = DefinitionWalk.of(tool);
    OtherToolCheck otherTools = new OtherToolCheck(server, exposedNames);
    for (ScannedText text : walk.texts()) {
      for (TextCheck check : checks) {
        check.check(text, findings);
      }
      otherTools.check(text, findings);
    }
    String name = tool.string("name");
    if (name != null) {
      NameCheck.check(server, name, exposedNames, findings);
    }
    SchemaCheck.check(tool, walk, findings);
    return findings.list();
  }

  /** The scan of free text outside a tool: the instructions of a server, a prompt, a resource. */
  public List<PoisonFinding> scanText(String place, String text) {
    Findings findings = new Findings();
    for (TextCheck check : checks) {
      check.check(new ScannedText(place, text, false), findings);
    }
    return findings.list();
  }
}
