package dev.mcpguard.model;

/** The timed parts of a request's way through the gate; the names are members of records. */
public enum Step {
  IDENTITY,
  REGISTRY,
  INTENT,
  POLICY,
  AUDIT,
  DOWNSTREAM;

  private final String text = name().toLowerCase(java.util.Locale.ROOT);

  /** As in {@code latency_us} of a record and in metric labels. */
  public String text() {
    return text;
  }
}
