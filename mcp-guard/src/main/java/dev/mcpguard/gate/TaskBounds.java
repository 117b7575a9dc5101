package dev.mcpguard.gate;

import java.time.Duration;

/**
 * Whether calls may be answered by tasks, and how many the guard keeps in mind.
 *
 * @param on off: the extension is announced to nobody and its methods do not exist
 * @param tasks the most tasks at once
 * @param perPrincipal the most tasks of one principal at once
 * @param longest when a task is forgotten, whatever its server says
 */
public record TaskBounds(boolean on, int tasks, int perPrincipal, Duration longest) {
  /** No tasks. */
  public static final TaskBounds OFF = new TaskBounds(false, 10_000, 256, Duration.ofDays(1));

  public TaskBounds {
    if (tasks < 1 || perPrincipal < 1 || !longest.isPositive()) {
      throw new IllegalArgumentException("the bounds of tasks must be positive");
    }
  }

  /** The same, on. */
  public TaskBounds switchedOn() {
    return new TaskBounds(true, tasks, perPrincipal, longest);
  }
}
