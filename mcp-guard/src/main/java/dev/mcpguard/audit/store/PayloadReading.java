package dev.mcpguard.audit.store;

/** What became of an attempt to read a payload. */
public sealed interface PayloadReading {
  /** The bytes, proven against their digest. */
  record Present(byte[] bytes) implements PayloadReading {}

  /** Its key was destroyed; the record itself still proves what its digest was. */
  record Erased() implements PayloadReading {}

  /** Nothing of that role was kept with the record, or retention removed it. */
  record Absent() implements PayloadReading {}

  /** It is there and cannot be read: wrong key or damage. */
  record Unreadable(String why) implements PayloadReading {}
}
