package dev.mcpguard.registry;

import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonPointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one tool of a manifest. */
final class ToolReader {
  private static final long LARGEST = 1L << 30;

  private ToolReader() {}

  /** The declaration, or null when anything in it is wrong. */
  static @Nullable ToolDeclaration read(String name, Fields fields, DataExposure server) {
    RiskClass riskClass = fields.choice("class", RiskClass.class);
    List<Effect> effects = fields.choices("effects", Effect.class);
    ToolDeclaration.Standing standing = StandingReader.read(fields);
    ToolDeclaration.Demands demands =
        new ToolDeclaration.Demands(
            ArgumentRuleReader.read(fields.optionalObject("arguments")),
            redact(fields),
            limits(fields.optionalObject("limits")),
            approval(fields.optionalObject("approval")));
    DataExposure exposure = exposure(fields, server);
    ToolName tool = ToolName.ofText(name);
    if (tool == null || !fields.sound()) {
      return null;
    }
    Classification classification = new Classification(riskClass, Set.copyOf(effects));
    return new ToolDeclaration(tool, classification, exposure, standing, demands);
  }

  /** Sensitivity and the farthest destination; what is not written is the server's. */
  static DataExposure exposure(Fields fields, DataExposure fallback) {
    Sensitivity sensitivity = fields.optionalChoice("sensitivity", Sensitivity.class);
    Destination farthest = null;
    for (Destination destination : fields.choices("destinations", Destination.class)) {
      farthest = farthest == null || destination.compareTo(farthest) > 0 ? destination : farthest;
    }
    return new DataExposure(
        sensitivity == null ? fallback.sensitivity() : sensitivity,
        farthest == null ? fallback.destination() : farthest);
  }

  static List<JsonPointer> redact(Fields fields) {
    List<JsonPointer> pointers = new ArrayList<>();
    for (String text : fields.texts("redact")) {
      JsonPointer pointer = JsonPointer.ofText(text);
      if (pointer == null || text.isEmpty()) {
        fields.problem("redact", "not a json pointer", "write pointers such as `/customer/iban`");
      } else {
        pointers.add(pointer);
      }
    }
    return pointers;
  }

  static ToolLimits limits(@Nullable Fields fields) {
    if (fields == null) {
      return ToolLimits.NONE;
    }
    ToolLimits.Rate rate = rate(fields);
    return new ToolLimits(
        rate,
        fields.optionalInteger("argument-bytes", 2, LARGEST),
        fields.optionalInteger("response-bytes", 2, LARGEST),
        positive(fields, "timeout"));
  }

  private static ToolLimits.@Nullable Rate rate(Fields fields) {
    Long calls = fields.optionalInteger("calls", 1, ToolLimits.Rate.MOST_CALLS);
    Duration period = positive(fields, "per");
    if (calls != null && period != null) {
      return new ToolLimits.Rate(calls, period);
    }
    if (fields.has("calls") != fields.has("per")) {
      fields.problem("calls", "`calls` and `per` go together", "write `calls: 60` and `per: 1m`");
    }
    return null;
  }

  private static @Nullable Duration positive(Fields fields, String name) {
    Duration duration = fields.optionalDuration(name);
    if (duration != null && (duration.isZero() || duration.toDays() > 366)) {
      fields.problem(name, "out of range", "use more than nothing and at most `366d`");
      return null;
    }
    return duration;
  }

  static @Nullable ApprovalDemand approval(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    int approvers = fields.has("approvers") ? (int) fields.integer("approvers", 1, 5) : 1;
    return new ApprovalDemand(approvers, fields.texts("roles"), positive(fields, "valid-for"));
  }
}
