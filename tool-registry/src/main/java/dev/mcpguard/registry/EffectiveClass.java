package dev.mcpguard.registry;

import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The strictest of what author, server, classifier and schema say about a tool. Nothing lowers what
 * the author declared, and a hint that is absent says nothing. Immutable.
 *
 * @param classification what every call has at least
 * @param deciding the arguments that decide the class of a call
 * @param reasons what raised it above the declaration, in words
 */
public record EffectiveClass(
    Classification classification, Set<JsonPointer> deciding, List<String> reasons) {
  private static final Classification WRITE = new Classification(RiskClass.WRITE, Set.of());
  private static final Classification DESTROYS =
      new Classification(RiskClass.WRITE, Set.of(Effect.DESTRUCTIVE));

  public EffectiveClass {
    deciding = Set.copyOf(deciding);
    reasons = List.copyOf(reasons);
  }

  /** The effective class of a declared tool with this definition. */
  public static EffectiveClass of(
      Classification declared, JsonObject definition, @Nullable ClassFinding finding) {
    List<String> reasons = new ArrayList<>();
    Classification raised = declared;
    for (Classification hint : hints(definition, reasons)) {
      raised = raised.raisedBy(hint);
    }
    if (finding != null) {
      Classification before = raised;
      raised = raised.raisedBy(finding.classification());
      if (!raised.equals(before)) {
        reasons.add(finding.reason());
      }
    }
    Set<JsonPointer> deciding = DecidingArguments.of(definition);
    for (JsonPointer argument : deciding) {
      reasons.add("the class depends on the argument `" + argument + "`");
    }
    return new EffectiveClass(raised, deciding, reasons);
  }

  /** The tool with this class and these deciding arguments. */
  public RegisteredTool applyTo(RegisteredTool tool) {
    ToolDeclaration declared = tool.declaration();
    ToolDeclaration raised =
        new ToolDeclaration(
            declared.name(),
            declared.classification().raisedBy(classification),
            declared.exposure(),
            declared.standing(),
            declared.demands());
    return new RegisteredTool(tool.server(), tool.owner(), raised, tool.status(), deciding);
  }

  /** Explicit hints; one that is neither true nor false is read as the worse of the two. */
  private static List<Classification> hints(JsonObject definition, List<String> reasons) {
    JsonValue annotations = definition.get("annotations");
    if (!(annotations instanceof JsonObject hints)) {
      return annotations == null ? List.of() : List.of(WRITE);
    }
    List<Classification> raising = new ArrayList<>();
    if (hints.has("readOnlyHint") && hints.get("readOnlyHint") != JsonBoolean.TRUE) {
      reasons.add("the server says it is not read-only");
      raising.add(WRITE);
    }
    if (hints.has("destructiveHint") && hints.get("destructiveHint") != JsonBoolean.FALSE) {
      reasons.add("the server says it is destructive");
      raising.add(DESTROYS);
    }
    return raising;
  }
}
