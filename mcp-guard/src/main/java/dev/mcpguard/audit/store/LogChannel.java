package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is appended to. One thread at a time. Tests inject one that fails. */
public interface LogChannel extends AutoCloseable {
  /** Appends all remaining bytes; after a failure any part of them may have been written. */
  void append(ByteBuffer bytes) throws IOException;

  /** Returns once everything appended is on stable storage (fdatasync). */
  void force() throws IOException;

  /** Cuts the file to {@code size} bytes. */
  void truncate(long size) throws IOException;

  @Override
  void close() throws IOException;
}
