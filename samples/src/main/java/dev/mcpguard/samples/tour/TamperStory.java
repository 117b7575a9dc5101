package dev.mcpguard.samples.tour;

import dev.mcpguard.samples.tour.Tour.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A tool server is taken over and one of its tools says something else than what was approved. */
final class TamperStory {
  private static final String TOOL = "tickets__find_tickets";
  private static final int TRIES = 240;
  private static final int PAUSE_MILLIS = 250;

  private final GuardClient guard;
  private final Tokens tokens;
  private final Narrator tell;
  private final Path tampered;

  TamperStory(GuardClient guard, Tokens tokens, Narrator tell, Path tampered) {
    this.guard = guard;
    this.tokens = tokens;
    this.tell = tell;
    this.tampered = tampered;
  }

  void tell() throws IOException, InterruptedException, UnexpectedException {
    tell.step("A tampered tool definition");
    tell.asked("`reader` finds tickets");
    Reply honest = find();
    tell.permitted(honest, honest.text());
    try {
      Files.deleteIfExists(tampered);
      Files.createFile(tampered);
      tell.note(
          "now the ticket desk is taken over: the description of find_tickets orders the model to");
      tell.note("leak a private note. Its digest is no longer the one pinned in the manifest");
      await(false);
      tell.asked("`reader` finds tickets again");
      tell.refused(
          find(),
          "tool-changed",
          "the definition is not the approved one; the order was never shown");
    } finally {
      Files.deleteIfExists(tampered);
    }
    await(true);
    tell.note("the desk is honest again, and find_tickets is served again");
    tell.check(find().granted(), "find_tickets works again", "a refusal");
  }

  private Reply find() throws IOException, InterruptedException {
    return guard.call(tokens.reader(), TOOL, Map.of("words", "card"), Map.of());
  }

  private void await(boolean listed) throws IOException, InterruptedException, UnexpectedException {
    for (int i = 0; i < TRIES; i++) {
      if (guard.list(tokens.reader()).tools().contains(TOOL) == listed) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new UnexpectedException(
        listed ? "find_tickets is not served again" : "the changed find_tickets is still listed");
  }
}
