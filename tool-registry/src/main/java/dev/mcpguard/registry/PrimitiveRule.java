package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a manifest says of a resource or prompt, or of all whose names begin alike. Immutable.
 *
 * @param pattern a name or URI, or the beginning of some and {@code *}
 * @param riskClass the class of using it
 * @param redact what is blanked in answers
 * @param served whether it is served at all
 */
public record PrimitiveRule(
    String pattern,
    RiskClass riskClass,
    DataExposure exposure,
    List<JsonPointer> redact,
    boolean served) {

  public PrimitiveRule {
    redact = List.copyOf(redact);
  }

  /** What holds where a manifest says nothing: reading, with the server's exposure. */
  static PrimitiveRule standard(DataExposure exposure) {
    return new PrimitiveRule("*", RiskClass.READ, exposure, List.of(), true);
  }

  boolean matches(String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** Both at once, each in its stricter respect. */
  PrimitiveRule stricter(PrimitiveRule other) {
    List<JsonPointer> all = new ArrayList<>(redact);
    other.redact.stream().filter(pointer -> !all.contains(pointer)).forEach(all::add);
    return new PrimitiveRule(
        pattern,
        riskClass.max(other.riskClass),
        exposure.max(other.exposure),
        all,
        served && other.served);
  }
}
