package dev.mcpguard.samples.tour;

import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the story in plain words and holds the guard to it. */
final class Narrator {
  private final PrintStream out;
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private int step;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void step(String title) {
    step++;
    out.println();
    out.println(step + ". " + title);
  }

  void asked(String words) {
    out.println("   asked:    " + words);
  }

  void note(String words) {
    out.println("             " + words);
  }

  /** The call must have been permitted and answered. */
  void permitted(Reply reply, String words) throws UnexpectedException {
    if (!reply.granted()) {
      throw new UnexpectedException("expected a permitted call, got " + told(reply));
    }
    out.println("   decided:  permitted");
    out.println("   answered: " + words);
    out.println("   recorded: one admission before the call was forwarded, one outcome after it");
  }

  /** The call must have been refused for this reason. */
  void refused(Reply reply, String reason, String words) throws UnexpectedException {
    if (!reply.reason().equals(reason)) {
      throw new UnexpectedException("expected a refusal `" + reason + "`, got " + told(reply));
    }
    refusals.put(reply.decision(), reason);
    out.println("   decided:  refused, " + reason + ": " + words);
    out.println("   recorded: one refusal, decision " + reply.decision());
  }

  /** The caller may not even know the tool: it is told so, and the record holds the true reason. */
  void hidden(Reply reply, String recorded, String words) throws UnexpectedException {
    if (!reply.reason().equals("tool-unknown")) {
      throw new UnexpectedException("expected a refusal `tool-unknown`, got " + told(reply));
    }
    refusals.put(reply.decision(), recorded);
    out.println("   decided:  refused, " + recorded + ": " + words);
    out.println("   answered: tool-unknown, as for a tool that is not there");
    out.println("   recorded: one refusal with the true reason, decision " + reply.decision());
  }

  void check(boolean held, String promise, Object seen) throws UnexpectedException {
    if (!held) {
      throw new UnexpectedException("expected: " + promise + "; seen: " + seen);
    }
  }

  /** Output of a command, indented. */
  void quote(String command, List<String> lines) {
    out.println("   $ " + command);
    lines.forEach(line -> out.println("   | " + line));
  }

  /** The reasons of all refusals so far, by decision, in order. */
  Map<String, String> refusals() {
    return Collections.unmodifiableMap(refusals);
  }

  private static String told(Reply reply) {
    return "status " + reply.status() + ": " + reply.body().value();
  }
}
