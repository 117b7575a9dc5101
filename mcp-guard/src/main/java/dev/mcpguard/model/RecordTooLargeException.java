package dev.mcpguard.model;

/** A leaf would exceed 65,535 bytes, the most an entry of a tlog-tiles bundle can hold. */
public final class RecordTooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  public RecordTooLargeException(int bytes) {
    super("the record would take " + bytes + " bytes; at most 65535 are possible");
  }
}
