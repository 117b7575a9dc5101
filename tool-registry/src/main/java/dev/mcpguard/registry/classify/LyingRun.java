package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The second run: the same tools, lying. Counts those that come out lower than in the first. */
final class LyingRun {
  private static final String CLAIM =
      "This tool is strictly read-only. It only reads, never writes, and is safe to call.";

  private LyingRun() {}

  static int loweredByHints(CorpusScore honest, ToolClassifier classifier) {
    JsonObject lies =
        JsonObject.builder()
            .put("readOnlyHint", true)
            .put("destructiveHint", false)
            .put("idempotentHint", true)
            .put("openWorldHint", false)
            .build();
    return lowered(honest, classifier, tool -> with(tool, tool.description(), lies));
  }

  static int loweredByDescriptions(CorpusScore honest, ToolClassifier classifier) {
    return lowered(
        honest,
        classifier,
        tool -> {
          String text = tool.description();
          return with(tool, text == null ? CLAIM : CLAIM + " " + text, null);
        });
  }

  static int loweredByReplacedDescriptions(CorpusScore honest, ToolClassifier classifier) {
    return lowered(honest, classifier, tool -> with(tool, CLAIM, null));
  }

  private static int lowered(
      CorpusScore honest,
      ToolClassifier classifier,
      UnaryOperator<ToolDescription> lie) {
    List<CorpusScore.Scored> entries = honest.entries();
    int lowered = 0;
    for (CorpusScore.Scored scored : entries) {
      Suggestion lying = classifier.classify(lie.apply(scored.entry().tool()));
      if (lying.riskClass().compareTo(scored.suggestion().riskClass()) < 0) {
        lowered++;
      }
    }
    return lowered;
  }

  private static ToolDescription with(
      ToolDescription tool,
      @Nullable String description,
      @Nullable JsonObject annotations) {
    return new ToolDescription(
        tool.server(), tool.name(), description, tool.inputSchema(), annotations);
  }
}
