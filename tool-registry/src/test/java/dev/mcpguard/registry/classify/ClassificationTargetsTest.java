package dev.mcpguard.registry.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/**
 * The published targets, over the public corpora where they are present; writes the matrices to
 * {@code target/classification.md}.
 */
final class ClassificationTargetsTest {
  private final ToolClassifier classifier = new ToolClassifier();

  @Test
  void b6CorporaMeetThePublishedTargetsAndNoLieLowersATool() throws Exception {
    Path folder = folder();
    if (folder == null) {
      System.err.println("SKIPPED: ../shared/corpora is not here, classification is not measured");
      Assumptions.abort("../shared/corpora is not here, classification is not measured");
      return;
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target/classification.md"), ClassificationReport.report(folder, false));
    List<Path> corpora = ClassificationReport.corpora(folder);
    assertEquals(2, corpora.size());
    for (Path file : corpora) {
      CorpusScore score = CorpusScore.of(CorpusEntry.read(file), classifier);
      String figures = score.text(file.getFileName().toString());
      assertTrue(score.changingAsRead() <= 0.005, figures);
      assertTrue(score.adminRecall() >= 0.95, figures);
      assertTrue(score.underClassified() <= 0.005, figures);
      assertTrue(score.readsRaised() <= 0.15, figures);
      assertTrue(score.writesAdminInDoubt() <= 0.10 * score.writes(), figures);
      assertEquals(0, LyingRun.loweredByHints(score, classifier), figures);
      assertEquals(0, LyingRun.loweredByDescriptions(score, classifier), figures);
      assertEquals(0, LyingRun.loweredByReplacedDescriptions(score, classifier), figures);
    }
  }

  private static @Nullable Path folder() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path candidate = at.resolve("shared/corpora");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
      at = at.getParent();
    }
    return null;
  }
}
