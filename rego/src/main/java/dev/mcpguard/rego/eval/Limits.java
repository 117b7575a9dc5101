package dev.mcpguard.rego.eval;

/**
 * Bounds of one evaluation.
 *
 * @param steps units of work: a rule entered, an element visited, what builtins charge
 * @param depth rules and functions entered within each other
 * @param elements members of collections that comprehensions and rules collect
 * @param nanos wall time
 */
public record Limits(long steps, int depth, long elements, long nanos) {
  public static final Limits STANDARD =
      new Limits(10_000_000, 400, 5_000_000, 10_000_000_000L);
}
