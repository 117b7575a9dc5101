package dev.mcpguard.downstream.stdio;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a process and what it started, in the order MCP asks for, and reaps it. */
final class Shutdown {
  private static final long PATIENCE_MILLIS = 1_000;

  private Shutdown() {}

  static void of(Process process) {
    // taken before it dies: the children of a dead process are nobody's
    List<ProcessHandle> descendants = process.descendants().toList();
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      // that is what was wanted
    }
    try {
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroy();
      }
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
