package dev.mcpguard.registry.classify;

import dev.mcpguard.json.MalformedJsonException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Prints the confusion matrices of every {@code classification-*.json} in a folder, for all of it
 * and apart for the servers that were held out while the rules were written. Numbers go to {@code
 * docs/classification.md}.
 */
public final class ClassificationReport {
  private ClassificationReport() {}

  /** Takes the folder of the corpora; prints Markdown. */
  public static void main(String[] arguments) throws IOException, MalformedJsonException {
    if (arguments.length < 1) {
      throw new IllegalArgumentException("name the folder that holds `classification-*.json`");
    }
    boolean tuning = arguments.length > 1 && arguments[1].equals("tuning-only");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(report(Path.of(arguments[0]), tuning));
  }

  static String report(Path folder, boolean tuningOnly)
      throws IOException, MalformedJsonException {
    ToolClassifier classifier = new ToolClassifier();
    StringBuilder out = new StringBuilder();
    for (Path file : corpora(folder)) {
      List<CorpusEntry> all = CorpusEntry.read(file);
      out.append("## ").append(file.getFileName()).append("\n\n");
      append(out, "tuning servers", all.stream().filter(e -> !e.heldOut()).toList(), classifier);
      if (!tuningOnly) {
        append(out, "held-out servers", all.stream().filter(CorpusEntry::heldOut).toList(),
            classifier);
        append(out, "all servers", all, classifier);
      }
    }
    return out.toString();
  }

  private static void append(
      StringBuilder out, String title, List<CorpusEntry> entries, ToolClassifier classifier) {
    CorpusScore score = CorpusScore.of(entries, classifier);
    long groups = entries.stream().map(CorpusEntry::group).distinct().count();
    out.append(score.text(title + " (" + groups + ")"));
    out.append("lowered by lying hints ").append(LyingRun.loweredByHints(score, classifier));
    out.append(", by lying descriptions ")
        .append(LyingRun.loweredByDescriptions(score, classifier))
        .append(", by descriptions replaced ")
        .append(LyingRun.loweredByReplacedDescriptions(score, classifier))
        .append("\n\n");
  }

  static List<Path> corpora(Path folder) throws IOException {
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, "classification-*.json")) {
      found.forEach(files::add);
    }
    return new ArrayList<>(files);
  }
}
