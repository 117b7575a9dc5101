package dev.mcpguard.registry;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Polls a {@link ReloadingRegistry} until closed; the scheduler stays the caller's. Thread-safe.
 */
public final class RegistryWatcher implements AutoCloseable {
  private final ScheduledFuture<?> task;

  public RegistryWatcher(
      ReloadingRegistry registry, ScheduledExecutorService scheduler, Duration period) {
    task =
        scheduler.scheduleWithFixedDelay(
            () -> look(registry), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void look(ReloadingRegistry registry) {
    try {
      registry.poll();
    } catch (RuntimeException bug) {
      // an exception would end the schedule, and with it every later reload, in silence
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
    }
  }

  @Override
  public void close() {
    task.cancel(false);
  }
}
