package dev.mcpguard.audit.keep;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a log is kept while a guard runs. Immutable.
 *
 * @param checkpointKey file with the seed of the key that signs checkpoints and notes; null: one is
 *     generated beside the log
 * @param checkpointEvery time between two checkpoints
 * @param witness folder elsewhere that remembers every checkpoint, or null
 * @param retention what is removed when
 */
public record KeepingSettings(
    @Nullable Path checkpointKey,
    Duration checkpointEvery,
    @Nullable Path witness,
    Retention.Rule retention) {
  public KeepingSettings {
    if (checkpointEvery.isNegative() || checkpointEvery.isZero()) {
      throw new IllegalArgumentException("the time between checkpoints must be positive");
    }
  }

  /** A key beside the log, a checkpoint every ten seconds, no witness, everything kept. */
  public static KeepingSettings standard() {
    return new KeepingSettings(
        null, Duration.ofSeconds(10), null, new Retention.Rule(null, null));
  }

  public KeepingSettings withCheckpointEvery(Duration interval) {
    return new KeepingSettings(checkpointKey, interval, witness, retention);
  }
}
