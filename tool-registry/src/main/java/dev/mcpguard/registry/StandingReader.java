package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Fields;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what people decided about a tool: digest, state, override. */
final class StandingReader {
  private static final String SPELLING = "write `sha256:` and 64 hexadecimal digits";

  private StandingReader() {}

  static ToolDeclaration.Standing read(Fields fields) {
    return new ToolDeclaration.Standing(
        fields.optionalParsed("digest", Digest::ofText, SPELLING),
        fields.optionalChoice("state", Suspension.class),
        override(fields.optionalObject("override")));
  }

  private static @Nullable FindingOverride override(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    RiskClass riskClass = fields.optionalChoice("class", RiskClass.class);
    List<PoisonCode> findings = fields.choices("findings", PoisonCode.class);
    String by = fields.text("by");
    String reason = fields.text("reason");
    fields.text("digest");
    Digest digest = fields.optionalParsed("digest", Digest::ofText, SPELLING);
    if (riskClass == null && findings.isEmpty() && fields.sound()) {
      fields.problem("class", "an override says nothing", "write `class` or `findings`");
    }
    return fields.sound()
        ? new FindingOverride(
            riskClass, Set.copyOf(findings), by, reason, Objects.requireNonNull(digest))
        : null;
  }
}
