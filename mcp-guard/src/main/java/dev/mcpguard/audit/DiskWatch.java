package dev.mcpguard.audit;

import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.model.AuditUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns early when the disk fills, and stops admissions at a reserve that outcomes, refusals and
 * events may still use: a call that was forwarded can be settled. Not a failure: admissions resume
 * when space is back. Thread-safe; looks at most once every 256 admissions.
 */
final class DiskWatch {
  private static final Logger LOGGER = LoggerFactory.getLogger(DiskWatch.class);
  private static final int EVERY = 256;

  private final LogFiles files;
  private final Path folder;
  private final long warnBytes;
  private final long reserveBytes;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile long usable = Long.MAX_VALUE;

  DiskWatch(CallLogSettings settings, LogFiles files) {
    this.files = files;
    this.folder = settings.folder();
    this.warnBytes = settings.warnBytes();
    this.reserveBytes = settings.reserveBytes();
    look();
  }

  void refuseBelowReserve() throws AuditUnavailableException {
    // below the reserve every question looks again, so that freed space is seen at once
    if (asked.getAndIncrement() % EVERY == 0 || usable < reserveBytes) {
      look();
    }
    if (usable < reserveBytes) {
      throw new AuditUnavailableException(
          "the disk of the call log has " + usable + " bytes left, less than its reserve of "
              + reserveBytes + "; free or add space");
    }
  }

  boolean belowReserve() {
    look();
    return usable < reserveBytes;
  }

  /** Whether space is short: admissions still go on, an operator should act. */
  boolean belowWarning() {
    look();
    return usable < warnBytes;
  }

  long usable() {
    return usable;
  }

  private void look() {
    try {
      usable = files.usableBytes(folder);
    } catch (IOException unknown) {
      // the next write tells
      LOGGER.debug("free disk space of the call log cannot be read", unknown);
      return;
    }
    if (usable >= warnBytes) {
      warned.set(false);
    } else if (warned.compareAndSet(false, true)) {
      LOGGER.warn("the disk of the call log has only {} bytes left; free or add space", usable);
    }
  }
}
