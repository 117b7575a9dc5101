package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.builtins.BuiltinContext;
import dev.mcpguard.rego.builtins.BuiltinContext.Notes;
import dev.mcpguard.rego.syntax.Location;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What all layers of one evaluation share. Belongs to one thread. */
public final class Execution {
  private static final int LONGEST_TEXT = 4 << 20;
  private static final int CHARACTERS_PER_STEP = 4;
  private static final long CLOCK_EVERY = 4096;

  private final Limits limits;
  private final BuiltinContext builtins;
  private final boolean strictBuiltins;
  private final @Nullable Tracer tracer;
  private final Notes notes;
  private final long deadline;
  private long stepsLeft;
  private long nextClock;
  private long elementsLeft;
  private int depth;
  private @Nullable Location endedAt;

  public Execution(
      Limits limits,
      Instant now,
      long seed,
      boolean strictBuiltins,
      Notes notes,
      @Nullable Tracer tracer) {
    this.limits = limits;
    this.builtins = new BuiltinContext(now, seed, this::charge, notes);
    this.strictBuiltins = strictBuiltins;
    this.tracer = tracer;
    this.notes = notes;
    this.stepsLeft = limits.steps();
    this.nextClock = stepsLeft - CLOCK_EVERY;
    this.elementsLeft = limits.elements();
    this.deadline = System.nanoTime() + limits.nanos();
  }

  BuiltinContext builtins() {
    return builtins;
  }

  boolean strictBuiltins() {
    return strictBuiltins;
  }

  Notes notes() {
    return notes;
  }

  @Nullable Tracer tracer() {
    return tracer;
  }

  void charge(long steps) {
    stepsLeft -= steps;
    if (stepsLeft < nextClock) {
      checkLimits();
    }
  }

  private void checkLimits() {
    if (stepsLeft < 0) {
      throw budget("more than " + limits.steps() + " steps");
    }
    if (System.nanoTime() - deadline > 0) {
      throw budget("longer than " + limits.nanos() / 1_000_000 + " ms");
    }
    nextClock = Math.max(0, stepsLeft - CLOCK_EVERY);
  }

  /** Counts a text that was made: so many characters in all, and no more than fit into one text. */
  void text(int length) {
    if (length > LONGEST_TEXT) {
      throw budget("a text of more than " + LONGEST_TEXT + " characters");
    }
    charge(length / CHARACTERS_PER_STEP);
  }

  void element() {
    if (--elementsLeft < 0) {
      throw budget("more than " + limits.elements() + " elements collected");
    }
  }

  void enter() {
    if (++depth > limits.depth()) {
      throw budget("rules nested deeper than " + limits.depth());
    }
    charge(1);
  }

  void leave() {
    depth--;
  }

  /** Notes the innermost place the evaluation was at when it ended; only the first call counts. */
  void ended(Location at) {
    if (endedAt == null) {
      endedAt = at;
    }
  }

  /** Where the evaluation was when it ended early; null if it did not, or outside every rule and call. */
  public @Nullable Location endedAt() {
    return endedAt;
  }

  private static EvaluationFailure budget(String reason) {
    return new EvaluationFailure(
        EvaluationFailure.BUDGET, "evaluation stopped by its budget: " + reason, null);
  }
}
