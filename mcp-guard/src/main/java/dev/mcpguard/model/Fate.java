package dev.mcpguard.model;

import java.util.Locale;

/** What became of the effect a caller asked for; told to the caller and recorded. */
public enum Fate {
  /** Not a byte reached the tool server. */
  NOT_FORWARDED,
  /** The call was sent and may or may not have run. */
  UNKNOWN,
  /** The tool server answered: the call ran. */
  EXECUTED;

  /** The spelling on the wire and in records: {@code not-forwarded}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
