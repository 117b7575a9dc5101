package dev.mcpguard.app.command;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.workbench.TestReport;
import dev.mcpguard.policy.workbench.TestReport.Covered;
import dev.mcpguard.policy.workbench.TestReport.CoveredFile;
import dev.mcpguard.policy.workbench.TestReport.Tested;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JSON that {@code policy test --json} writes. */
final class TestDocument {
  private TestDocument() {}

  static JsonObject of(TestReport report) {
    List<JsonValue> tests = new ArrayList<>();
    for (Tested test : report.tests()) {
      tests.add(
          JsonObject.builder()
              .put("name", test.name())
              .put("file", test.file())
              .put("line", test.line())
              .put("verdict", test.verdict().name().toLowerCase(Locale.ROOT))
              .put("detail", test.detail())
              .put("printed", JsonArray.ofStrings(test.printed()))
              .put("micros", test.took().toNanos() / 1000)
              .build());
    }
    JsonObject.Builder document =
        JsonObject.builder()
            .put("passed", report.passed())
            .put("tests", new JsonArray(tests));
    Covered coverage = report.coverage();
    return (coverage == null ? document : document.put("coverage", coverage(coverage))).build();
  }

  private static JsonObject coverage(Covered coverage) {
    JsonObject.Builder files = JsonObject.builder();
    for (CoveredFile file : coverage.files()) {
      files.put(
          file.file(),
          JsonObject.builder()
              .put("percent", percent(file.percent()))
              .put("covered", lines(file.covered()))
              .put("missed", lines(file.missed()))
              .build());
    }
    return JsonObject.builder()
        .put("percent", percent(coverage.percent()))
        .put("files", files.build())
        .build();
  }

  private static JsonNumber percent(double value) {
    return new JsonNumber(String.format(Locale.ROOT, "%.2f", value));
  }

  private static JsonArray lines(List<Integer> lines) {
    return new JsonArray(
        lines.stream().map(line -> (JsonValue) new JsonNumber(line.toString())).toList());
  }
}
