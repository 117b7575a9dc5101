package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonPointer;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tool as the gate sees it. Immutable and thread-safe.
 *
 * @param server the guard's name of the server
 * @param owner who answers for it
 * @param declaration the manifest's word, raised by whatever is known about the definition
 * @param deciding the arguments on whose values the class of a call depends
 */
public record RegisteredTool(
    ServerId server,
    String owner,
    ToolDeclaration declaration,
    ToolStatus status,
    Set<JsonPointer> deciding) {

  public RegisteredTool {
    TreeSet<JsonPointer> all = new TreeSet<>(Comparator.comparing(JsonPointer::text));
    all.addAll(deciding);
    for (ArgumentRule rule : declaration.demands().rules()) {
      if (rule.decides()) {
        all.add(rule.argument());
      }
    }
    deciding = Collections.unmodifiableSet(all);
  }

  public ToolName name() {
    return declaration.name();
  }

  /** The name at the endpoint of all servers. */
  public ExposedName exposedName() {
    return new ExposedName(server, name());
  }

  /** {@code server/tool}, the id in policy input and records. */
  public String id() {
    return server.text() + "/" + name().text();
  }

  /** The widest class a call of this tool can have, for listing and for what is yet unknown. */
  public RiskClass riskClass() {
    return ArgumentJudge.widest(floor(), deciding, rules());
  }

  /** The class a call has at least, whatever its arguments. */
  public RiskClass floor() {
    return declaration.classification().riskClass();
  }

  public Set<Effect> effects() {
    return declaration.classification().effects();
  }

  public Sensitivity sensitivity() {
    return declaration.exposure().sensitivity();
  }

  public Destination destination() {
    return declaration.exposure().destination();
  }

  /** The approved definition, or null when none is pinned. */
  public @Nullable Digest digest() {
    return declaration.digest();
  }

  public List<ArgumentRule> rules() {
    return declaration.demands().rules();
  }

  /** What is blanked in replies. */
  public List<JsonPointer> redact() {
    return declaration.demands().redact();
  }

  public ToolLimits limits() {
    return declaration.demands().limits();
  }

  public @Nullable ApprovalDemand approval() {
    return declaration.demands().approval();
  }

  public RegisteredTool withStatus(ToolStatus changed) {
    return new RegisteredTool(server, owner, declaration, changed, deciding);
  }
}
