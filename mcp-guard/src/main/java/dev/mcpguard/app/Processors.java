package dev.mcpguard.app;

/** How the processors are shared out, before the first virtual thread runs. */
final class Processors {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private Processors() {}

  /**
   * Leaves the event loops the processors they need: on two of them a second carrier thread only
   * fights with the loop for one ({@code docs/decisions/0050}). What the operator sets stays.
   */
  static void share(int available) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(carriers(available)));
    }
  }

  /** One loop for two processors, the rest judges. */
  static int carriers(int available) {
    return Math.max(1, available - Math.max(1, available / 2));
  }
}
