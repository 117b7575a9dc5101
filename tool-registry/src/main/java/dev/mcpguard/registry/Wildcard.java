package dev.mcpguard.registry;

import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the entry {@code "*"} says about every declared tool. It can only raise: there is no field
 * in it that could lower anything, and it declares no tool.
 */
record Wildcard(
    Classification classification,
    DataExposure exposure,
    List<JsonPointer> redact,
    ToolLimits limits,
    @Nullable ApprovalDemand approval) {
  static final String NAME = "*";

  private static final DataExposure LEAST =
      new DataExposure(Sensitivity.PUBLIC, Destination.INTERNAL);

  static final Wildcard NONE =
      new Wildcard(
          new Classification(RiskClass.READ, Set.of()), LEAST, List.of(), ToolLimits.NONE, null);

  Wildcard {
    redact = List.copyOf(redact);
  }

  static Wildcard read(Fields fields) {
    for (String name : List.of("digest", "arguments", "state", "override")) {
      if (fields.has(name)) {
        fields.problem(name, "not for all tools at once", "write it at each tool");
      }
    }
    RiskClass riskClass = fields.optionalChoice("class", RiskClass.class);
    List<Effect> effects = fields.choices("effects", Effect.class);
    if (effects.contains(Effect.IDEMPOTENT)) {
      fields.problem("effects", "`idempotent` excuses, and `*` may only raise", "remove it");
    }
    return new Wildcard(
        new Classification(riskClass == null ? RiskClass.READ : riskClass, Set.copyOf(effects)),
        ToolReader.exposure(fields, LEAST),
        ToolReader.redact(fields),
        ToolReader.limits(fields.optionalObject("limits")),
        ToolReader.approval(fields.optionalObject("approval")));
  }

  ToolDeclaration raise(ToolDeclaration tool) {
    ToolDeclaration.Demands demands = tool.demands();
    List<JsonPointer> blanked = new ArrayList<>(demands.redact());
    redact.stream().filter(pointer -> !blanked.contains(pointer)).forEach(blanked::add);
    return new ToolDeclaration(
        tool.name(),
        tool.classification().raisedBy(classification),
        tool.exposure().max(exposure),
        tool.standing(),
        new ToolDeclaration.Demands(
            demands.rules(),
            blanked,
            demands.limits().tightest(limits),
            ApprovalDemand.strictest(demands.approval(), approval)));
  }
}
