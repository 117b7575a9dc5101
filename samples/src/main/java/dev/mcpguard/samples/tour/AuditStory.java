package dev.mcpguard.samples.tour;

import dev.mcpguard.samples.tour.GuardCommand.Said;
import java.io.IOException;
import java.util.List;

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
    for (String decision : tell.refusals()) {
      tell.check(list.mentions(decision), "the log lists decision " + decision, "it does not");
    }
    tell.step("One refusal, explained by its record alone");
    Said show = run("audit", "show", tell.refusals().getFirst());
    tell.check(show.mentions("argument-refused"), "the reason in the record", show.lines());
    tell.quote(show.command(), show.lines());
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
