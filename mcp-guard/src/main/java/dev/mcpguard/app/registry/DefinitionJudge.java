package dev.mcpguard.app.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.Classification;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.classify.Reason;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.classify.ToolClassifier;
import dev.mcpguard.registry.classify.ToolDescription;
import dev.mcpguard.registry.poison.PoisonCode;
import dev.mcpguard.registry.poison.PoisonFinding;
import dev.mcpguard.registry.poison.PoisonScanner;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the guard itself holds a definition for: the third input of the effective class, and the
 * findings that keep a tool from being served. A function of the definition alone, so its answer is
 * pinned with it and cached by digest. Thread-safe.
 */
public final class DefinitionJudge implements Function<JsonObject, ClassFinding> {
  private static final int KEPT = 20_000;

  private final ToolClassifier classifier = new ToolClassifier();
  private final PoisonScanner scanner = new PoisonScanner();
  private final Cache<Digest, ClassFinding> known =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  @Override
  public ClassFinding apply(JsonObject definition) {
    Digest digest = DefinitionDigest.of(definition);
    return Objects.requireNonNull(known.get(digest, unknown -> judge(definition)));
  }

  private ClassFinding judge(JsonObject definition) {
    Suggestion suggestion = suggestion(definition);
    return new ClassFinding(
        new Classification(suggestion.riskClass(), suggestion.effects()),
        "the guard holds it for " + suggestion.riskClass().text() + ": " + words(suggestion),
        blocking(definition));
  }

  /** The classifier's whole answer. */
  public Suggestion suggestion(JsonObject definition) {
    return classifier.classify(ToolDescription.of(null, definition));
  }

  /** The codes of the findings that quarantine a tool unless an approver accepts each. */
  public Set<PoisonCode> blocking(JsonObject definition) {
    EnumSet<PoisonCode> codes = EnumSet.noneOf(PoisonCode.class);
    for (PoisonFinding finding : scanner.scan("", definition, List.of())) {
      if (finding.severity() == PoisonFinding.Severity.BLOCK) {
        codes.add(finding.code());
      }
    }
    return codes;
  }

  /** Everything found in a definition among these other exposed names. */
  public List<PoisonFinding> findings(
      String server, JsonObject definition, List<String> otherNames) {
    return scanner.scan(server, definition, otherNames);
  }

  /** The classifier's reasons as one sentence. */
  public static String words(Suggestion suggestion) {
    return suggestion.reasons().stream().map(Reason::words).collect(Collectors.joining("; "));
  }
}
