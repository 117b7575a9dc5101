package dev.mcpguard.samples.tour;

import dev.mcpguard.samples.tour.GuardCommand.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an auditor finds in the log, without the running guard. */
final class AuditStory {
  private static final int LAST_LINES = 24;

  private final GuardCommand guard;
  private final Narrator tell;

  AuditStory(GuardCommand guard, Narrator tell) {
    this.guard = guard;
    this.tell = tell;
  }

  void tell() throws IOException, InterruptedException, UnexpectedException {
    tell.step("The log");
    Said list = run("audit", "list");
    List<String> lines = list.lines();
    tell.quote(list.command(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    List<Json> records = records();
    for (Map.Entry<String, String> refusal : tell.refusals().entrySet()) {
      List<Json> mine =
          records.stream()
              .filter(record -> record.at("decision_id").string().equals(refusal.getKey()))
              .toList();
      boolean one =
          mine.size() == 1
              && mine.getFirst().at("kind").string().equals("refusal")
              && mine.getFirst().at("reason").string().equals(refusal.getValue());
      tell.check(one, "exactly one record, a refusal, for " + refusal, mine);
    }
    tell.note("each of the " + tell.refusals().size() + " refusals above has exactly one record");
    explanation(tell.refusals().keySet().iterator().next());
    proof();
  }

  private List<Json> records() throws IOException, InterruptedException, UnexpectedException {
    List<Json> records = new ArrayList<>();
    for (String line : run("audit", "list", "--json").lines()) {
      records.add(Json.parse(line));
    }
    return records;
  }

  private void explanation(String decision)
      throws IOException, InterruptedException, UnexpectedException {
    tell.step("One refusal, explained by its record alone");
    Said show = run("audit", "show", decision);
    tell.check(show.mentions("argument-refused"), "the reason in the record", show.lines());
    tell.quote(show.command(), show.lines());
  }

  private void proof() throws IOException, InterruptedException, UnexpectedException {
    tell.step("The log verified: nothing was changed, left out or added");
    Said verified = run("audit", "verify");
    tell.quote(verified.command(), verified.lines());
    tell.step("Every decision made again from the record, offline");
    Said replayed = run("audit", "replay");
    tell.quote(replayed.command(), replayed.lines());
  }

  private Said run(String... verbs) throws IOException, InterruptedException, UnexpectedException {
    Said said = guard.run(verbs);
    tell.check(said.exit() == 0, "`" + said.command() + "` ends with 0", said);
    return said;
  }
}
