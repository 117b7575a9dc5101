package dev.mcpguard.registry;

import dev.mcpguard.json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code resources} and {@code prompts} of a manifest. */
final class PrimitiveReader {
  private static final int LONGEST = 2048;

  private PrimitiveReader() {}

  static PrimitiveRules read(@Nullable Fields fields, DataExposure server) {
    List<PrimitiveRule> rules = new ArrayList<>();
    if (fields != null) {
      for (String pattern : fields.names()) {
        int star = pattern.indexOf('*');
        if (pattern.isBlank() || pattern.length() > LONGEST || (star >= 0 && star + 1 < pattern.length())) {
          fields.problem(pattern, "not a name or the beginning of names", "write `*` at the end only");
        }
        rules.add(rule(pattern, fields.object(pattern), server));
      }
    }
    return new PrimitiveRules(rules, PrimitiveRule.standard(server));
  }

  private static PrimitiveRule rule(String pattern, Fields fields, DataExposure server) {
    RiskClass riskClass = fields.optionalChoice("class", RiskClass.class);
    return new PrimitiveRule(
        pattern,
        riskClass == null ? RiskClass.READ : riskClass,
        ToolReader.exposure(fields, server),
        ToolReader.redact(fields),
        fields.flag("served", true));
  }
}
