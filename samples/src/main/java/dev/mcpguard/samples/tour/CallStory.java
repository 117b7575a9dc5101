package dev.mcpguard.samples.tour;

import dev.mcpguard.samples.tour.Tour.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Who may see, read, write and destroy what. */
final class CallStory {
  private static final Map<String, Object> NOTHING = Map.of();
  private static final String MINUTES = "/projects/tour/minutes.md";

  private final GuardClient guard;
  private final Tokens tokens;
  private final Narrator tell;

  CallStory(GuardClient guard, Tokens tokens, Narrator tell) {
    this.guard = guard;
    this.tokens = tokens;
    this.tell = tell;
  }

  void tell() throws IOException, InterruptedException, UnexpectedException {
    filteredList();
    permittedRead();
    pathOutside();
    writeWithoutIntent();
    writeWithIntent();
    writeUnderReadIntent();
    administration();
    redactedAddress();
    stranger();
  }

  private void filteredList() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A caller sees only what policy could permit it");
    tell.asked("the agent `reader` lists the tools; the two servers have 13");
    Reply list = guard.list(tokens.reader());
    tell.check(list.granted(), "a list", list);
    List<String> seen = list.tools();
    List<String> expected =
        List.of(
            "notes__list_notes",
            "notes__read_note",
            "notes__search_notes",
            "tickets__find_tickets");
    tell.check(seen.equals(expected), "exactly the tools " + expected, seen);
    tell.note("it sees " + String.join(", ", seen));
    List<String> more = guard.list(tokens.clerk()).tools();
    boolean proper = more.contains("notes__write_note") && !more.contains("notes__purge_notes");
    tell.check(proper, "the clerk sees write_note but not purge_notes", more);
    tell.note("the agent `clerk` sees " + more.size() + ", those that write among them");
  }

  private void permittedRead() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A permitted read");
    tell.asked(
        "`reader` reads /projects/apollo/plan.md; it declares nothing and is registered to read");
    Reply reply = read(tokens.reader(), "/projects/apollo/plan.md", NOTHING);
    tell.permitted(reply, firstLine(reply.text()));
    tell.check(reply.text().contains("Apollo"), "the text of the note", reply.text());
  }

  private void pathOutside() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A path outside the allowed folder");
    tell.asked("`reader` reads /private/salaries.md with the same tool");
    tell.refused(
        read(tokens.reader(), "/private/salaries.md", NOTHING),
        "argument-refused",
        "this site allows agents /projects only");
    tell.asked("`reader` tries /projects/../private/salaries.md");
    tell.refused(
        read(tokens.reader(), "/projects/../private/salaries.md", NOTHING),
        "argument-refused",
        "a path that could mean another place is no path");
  }

  private void writeWithoutIntent() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A write without a declared intent");
    tell.asked("`clerk` writes " + MINUTES + " and does not say what for");
    tell.refused(write(NOTHING), "intent-missing", "an agent that may write says what it is doing");
  }

  private void writeWithIntent() throws IOException, InterruptedException, UnexpectedException {
    tell.step("The same write with an intent");
    tell.asked(
        "`clerk` declares the purpose `meeting-minutes`, which is registered for writing notes");
    Reply reply = write(Map.of("purpose", "meeting-minutes"));
    tell.permitted(reply, reply.text());
    tell.asked(
        "`clerk` reads it back; here the intent is an argument, as an unmodified client sends it");
    Reply back =
        guard.call(
            tokens.clerk(),
            "notes__read_note",
            Map.of("path", MINUTES, "guard_purpose", "project-research"),
            NOTHING);
    tell.permitted(back, firstLine(back.text()));
    tell.check(back.text().contains("Minutes"), "the note that was written", back.text());
  }

  private void writeUnderReadIntent()
      throws IOException, InterruptedException, UnexpectedException {
    tell.step("An intent narrows");
    tell.asked("`clerk` declares that it only reads, then writes");
    tell.refused(
        write(Map.of("purpose", "meeting-minutes", "class", "read")),
        "intent-exceeded",
        "the call goes beyond what was declared");
  }

  private void administration() throws IOException, InterruptedException, UnexpectedException {
    tell.step("An administrative tool");
    tell.asked("`clerk` purges the folder /projects/tour");
    Reply refused = purge(tokens.clerk(), Map.of("purpose", "meeting-minutes"));
    tell.hidden(
        refused,
        "intent-exceeded",
        "the agent and its purposes reach to write, not to destroying in bulk");
    tell.asked(
        "`admin-bot` is registered for it, declares `housekeeping`, and purges what the tour"
            + " wrote");
    Reply reply = purge(tokens.administrator(), Map.of("purpose", "housekeeping"));
    tell.permitted(reply, reply.text());
  }

  private void redactedAddress() throws IOException, InterruptedException, UnexpectedException {
    tell.step("An obligation: redact");
    tell.asked("`clerk` reads ticket 1001");
    Reply reply =
        guard.call(
            tokens.clerk(),
            "tickets__get_ticket",
            Map.of("number", 1001),
            Map.of("purpose", "customer-support"));
    Json customer = reply.structured().at("customer");
    tell.permitted(reply, "customer " + customer.value());
    boolean hidden =
        customer.at("name").there()
            && customer.at("email").string().equals("[redacted]")
            && !String.valueOf(reply.body().value()).contains("@example.com");
    tell.check(hidden, "the customer's name without the e-mail address", reply.body());
  }

  private void stranger() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A stranger");
    tell.asked("somebody without a token lists the tools");
    Reply reply = guard.list("");
    tell.check(reply.status() == 401, "status 401", reply.status());
    tell.note("answered 401 and told where tokens come from; nothing was forwarded");
  }

  private Reply read(String token, String path, Map<String, Object> intent)
      throws IOException, InterruptedException {
    return guard.call(token, "notes__read_note", Map.of("path", path), intent);
  }

  private Reply write(Map<String, Object> intent) throws IOException, InterruptedException {
    return guard.call(
        tokens.clerk(),
        "notes__write_note",
        Map.of("path", MINUTES, "text", "# Minutes\nWe agreed.\n"),
        intent);
  }

  private Reply purge(String token, Map<String, Object> intent)
      throws IOException, InterruptedException {
    return guard.call(token, "notes__purge_notes", Map.of("folder", "/projects/tour"), intent);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
