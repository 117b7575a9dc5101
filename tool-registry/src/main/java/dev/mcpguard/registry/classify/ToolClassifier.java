package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.RiskClass;

/**
 * Suggests the risk class of a tool and says why. A rule can only raise: an author's hints and a
 * description that claims to be harmless never lower what name and schema say. Deterministic, no
 * network, no model; the same words give the same answer in every process. Immutable and
 * thread-safe; time is linear in the description, of which a bounded part is read.
 */
public final class ToolClassifier {
  private final NameRules names;
  private final SchemaRules schemas;
  private final DescriptionRules descriptions;
  private final AnnotationRules annotations = new AnnotationRules();
  private final EffectRules effects = new EffectRules();

  public ToolClassifier() {
    Verbs verbs = Verbs.load();
    Nouns nouns = Nouns.load();
    NameReader reader = new NameReader(verbs, nouns);
    names = new NameRules(reader, nouns);
    schemas = new SchemaRules(reader);
    descriptions = new DescriptionRules(verbs);
  }

  /** Never null and never an exception, whatever the tool says of itself. */
  public Suggestion classify(ToolDescription tool) {
    Evidence evidence = new Evidence();
    NameReading reading = names.apply(tool.name(), evidence);
    schemas.apply(tool, reading, evidence);
    RiskClass withoutProse = evidence.riskClass();
    descriptions.apply(tool, reading, evidence);
    annotations.apply(tool.annotations(), evidence);
    if (evidence.riskClass() != withoutProse) {
      evidence.confidenceAtMost(0.6);
    }
    effects.apply(tool, reading, evidence);
    return evidence.suggestion();
  }
}
