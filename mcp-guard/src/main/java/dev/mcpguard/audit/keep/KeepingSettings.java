package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.model.WitnessEndpoint;
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
 * @param remote a witness that cosigns checkpoints, or null
 */
public record KeepingSettings(
    @Nullable Path checkpointKey,
    Duration checkpointEvery,
    @Nullable Path witness,
    Retention.Rule retention,
    @Nullable Remote remote) {
  public KeepingSettings {
    if (checkpointEvery.isNegative() || checkpointEvery.isZero()) {
      throw new IllegalArgumentException("the time between checkpoints must be positive");
    }
  }

  /** A key beside the log, a checkpoint every ten seconds, no witness, everything kept. */
  public static KeepingSettings standard() {
    return new KeepingSettings(
        null, Duration.ofSeconds(10), null, new Retention.Rule(null, null), null);
  }

  public KeepingSettings withCheckpointEvery(Duration interval) {
    return new KeepingSettings(checkpointKey, interval, witness, retention, remote);
  }

  public KeepingSettings withRemote(Remote cosigner) {
    return new KeepingSettings(checkpointKey, checkpointEvery, witness, retention, cosigner);
  }

  /**
   * A witness reached over a network.
   *
   * @param endpoint closed with the keeper
   * @param key verifies its cosignatures
   */
  public record Remote(WitnessEndpoint endpoint, CosignatureKey key) {}
}
