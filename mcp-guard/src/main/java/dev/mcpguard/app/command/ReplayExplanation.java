package dev.mcpguard.app.command;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.replay.ReplaySummary;
import dev.mcpguard.replay.Replayed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a recorded request was answered as it was: each step with what it knew. Pure. */
final class ReplayExplanation {
  private static final int WIDTH = 12;

  private final List<String> lines = new ArrayList<>();

  private ReplayExplanation() {}

  static List<String> lines(Replayed replayed) {
    ReplayExplanation explanation = new ReplayExplanation();
    JsonObject record = replayed.entry().json();
    explanation.steps(record);
    switch (replayed) {
      case Replayed.Same same -> {
        explanation.answer("answer", same.answer());
        explanation.line("replayed", "the same answer, byte for byte");
      }
      case Replayed.Different different -> {
        explanation.answer("recorded", different.recorded());
        explanation.answer("now", different.now());
      }
      case Replayed.NotReplayable not -> explanation.line("replayed", "not possible: " + not.cause());
      case Replayed.OutOfReach beyond ->
          explanation.line("replayed", "hung on what no record holds: " + beyond.cause());
      case Replayed.NotAsked notAsked -> explanation.line("replayed", "nothing was decided");
    }
    return explanation.lines;
  }

  private void steps(JsonObject record) {
    line("request", record.string("decision_id") + " " + record.string("method") + " at "
        + record.string("time"));
    object("identity", record.object("principal"), "agent", "owner", "issuer", "subject", "scopes");
    line("tool", ReplaySummary.tool(record));
    object("registry", record.object("tool"), "class", "declared_class", "effects", "sensitivity",
        "destination");
    object("intent", record.object("intent"), "purpose", "class", "task", "source");
    JsonObject input = record.object("input");
    JsonObject context = input == null ? null : input.object("context");
    object("arguments", context, "findings");
    object("evidence", record, "agents_revision", "registry_revision");
    object("policy", record.object("decision"), "revision");
    if (record.has("reason")) {
      line("refused", record.string("reason") + ": " + record.string("detail"));
    }
  }

  private void answer(String name, JsonObject answer) {
    line(name, String.valueOf(answer.string("result")));
    JsonArray reasons = answer.array("reasons");
    for (JsonValue reason : reasons == null ? List.<JsonValue>of() : reasons.values()) {
      line("", "because " + JsonText.text(reason));
    }
    JsonObject rest = answer.without("result", "reasons");
    if (!rest.members().isEmpty()) {
      line("", JsonText.text(rest));
    }
  }

  private void object(String name, @Nullable JsonObject object, String... members) {
    for (String member : members) {
      JsonValue value = object == null ? null : object.get(member);
      if (value != null) {
        line(name, member + " " + JsonText.text(value));
      }
    }
  }

  private void line(String name, String text) {
    lines.add(name + " ".repeat(Math.max(1, WIDTH - name.length())) + text);
  }
}
