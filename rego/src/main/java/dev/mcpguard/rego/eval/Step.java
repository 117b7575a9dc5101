package dev.mcpguard.rego.eval;

/** A part of a body that goes on with the next part once for each way in which it holds. */
public interface Step {
  /** Ends a chain: one way is enough. */
  Step STOP = frame -> true;

  /** True when the search is over, false when other ways are to be tried. */
  boolean run(Frame frame);
}
