package dev.mcpguard.model;

import java.util.Locale;

/** What a call log record says. */
public enum RecordKind {
  /** A permitted call about to be forwarded, with every input of the decision. */
  ADMISSION,
  /** The end of an admitted call, or of a request the guard answered itself. Terminal. */
  OUTCOME,
  /** A request that was refused before anything was forwarded. Terminal. */
  REFUSAL,
  /** Anything else worth proving: floods folded, reloads, approvals, starts and stops. */
  EVENT;

  /** The spelling in records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
