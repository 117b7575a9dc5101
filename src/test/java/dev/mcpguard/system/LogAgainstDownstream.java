package dev.mcpguard.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a recording server received with what the call log says. */
final class LogAgainstDownstream {
  private LogAgainstDownstream() {}

  /**
   * Every call that was received has an admission of its own with the same tool and argument
   * digest, and every admission has exactly one outcome.
   */
  static void assertEveryCallIsRecorded(LogView log, RecordingServer downstream)
      throws IOException {
    assertEveryCallIsRecorded(log, downstream.calls());
  }

  static void assertEveryCallIsRecorded(LogView log, List<RecordedRequest> calls)
      throws IOException {
    Map<String, Integer> admitted = new HashMap<>();
    for (Json admission : log.ofKind("admission")) {
      admitted.merge(key(admission), 1, Integer::sum);
    }
    List<String> missing = new ArrayList<>();
    for (RecordedRequest call : calls) {
      String key = key(call);
      if (admitted.merge(key, -1, Integer::sum) < 0) {
        missing.add(Bytes.text(call.body()));
      }
    }
    if (!missing.isEmpty()) {
      throw new AssertionError("received and not in the log: " + missing);
    }
    assertEveryAdmissionEnds(log);
  }

  private static void assertEveryAdmissionEnds(LogView log) throws IOException {
    Map<String, Integer> outcomes = new HashMap<>();
    for (Json outcome : log.ofKind("outcome")) {
      outcomes.merge(LogView.text(outcome, "decision_id"), 1, Integer::sum);
    }
    for (Json admission : log.ofKind("admission")) {
      int ends = outcomes.getOrDefault(LogView.text(admission, "decision_id"), 0);
      if (ends != 1) {
        throw new AssertionError(ends + " outcomes of " + admission);
      }
    }
  }

  private static String key(Json admission) {
    return admission.textAt("tool", "name").orElse("")
        + " "
        + LogView.text(admission, "arguments_digest");
  }

  private static String key(RecordedRequest call) {
    Json arguments =
        call.json().flatMap(body -> body.at("params", "arguments")).orElse(new Json.Obj(List.of()));
    return call.tool() + " " + GuardHome.digest(arguments);
  }
}
