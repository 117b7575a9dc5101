package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.DurableLeaves;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.proof.Attestation;
import dev.mcpguard.audit.proof.AttestationClock;
import dev.mcpguard.audit.proof.CheckpointClock;
import dev.mcpguard.audit.proof.CheckpointWitness;
import dev.mcpguard.audit.proof.Checkpointer;
import dev.mcpguard.audit.proof.FileWitness;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that happens to a log beside the request path while a guard runs: checkpoints, packing,
 * retention, each on a clock of its own. A failure is logged, shown by {@link #problem} and tried
 * again. Thread-safe; close it after the log, so that the last checkpoint covers the last record.
 */
public final class LogKeeper implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogKeeper.class);
  private static final Duration TIDY = Duration.ofMinutes(1);

  /** Records in a minute above which packing waits for a quieter one: 200 a second. */
  private static final long BUSY = 200 * TIDY.toSeconds();

  /** How long a closed segment may wait for it. */
  private static final Duration MAX_WAIT = Duration.ofHours(1);

  /** How many bytes of them may; fewer where that is more than a tenth of what is free. */
  private static final long MAX_BACKLOG = 4L << 30;

  private final CheckpointClock checkpoints;
  private final InstanceFolder folder;
  private final SegmentPacker packer;
  private final Retention retention;
  private final Retention.Rule rule;
  private final ScheduledExecutorService tidying =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("call-log-keeper").factory());
  private final KeepingSettings.@Nullable Remote remote;
  private final @Nullable AttestationClock attestations;
  private final DurableLeaves durable;
  private final InstantSource clock;
  private long tidied;
  private volatile String tidyProblem = "";

  private LogKeeper(
      CheckpointClock checkpoints,
      InstanceFolder folder,
      Retention retention,
      KeepingSettings settings,
      DurableLeaves durable,
      InstantSource clock,
      @Nullable AttestationClock attestations) {
    this.checkpoints = checkpoints;
    this.folder = folder;
    this.packer = new SegmentPacker(folder);
    this.retention = retention;
    this.rule = settings.retention();
    this.remote = settings.remote();
    this.attestations = attestations;
    this.durable = durable;
    this.clock = clock;
    this.tidied = durable.size();
  }

  /**
   * Starts the clocks.
   *
   * @param durable records that may be promised
   * @throws IOException when the key cannot be read, or the log contradicts its own checkpoint
   */
  public static LogKeeper start(
      Path auditFolder,
      String instance,
      KeepingSettings settings,
      DurableLeaves durable,
      InstantSource clock)
      throws IOException {
    CallLogReader reader = new CallLogReader(auditFolder, null);
    InstanceFolder folder = reader.instance(instance);
    NoteSigner signer = CheckpointKey.open(folder, settings.checkpointKey());
    Path witness = settings.witness();
    List<CheckpointWitness> witnesses =
        witness == null ? List.of() : List.of(new FileWitness(witness.resolve(instance)));
    Checkpointer checkpointer = new Checkpointer(reader, instance, signer, durable, witnesses);
    LogKeeper keeper =
        new LogKeeper(
            new CheckpointClock(checkpointer, settings.checkpointEvery()),
            folder,
            new Retention(folder, signer, clock),
            settings,
            durable,
            clock,
            attestations(folder, signer, settings));
    keeper.tidying.scheduleWithFixedDelay(
        keeper::tidy, TIDY.toMillis(), TIDY.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  private static @Nullable AttestationClock attestations(
      InstanceFolder folder, NoteSigner signer, KeepingSettings settings) throws IOException {
    KeepingSettings.Remote remote = settings.remote();
    return remote == null
        ? null
        : new AttestationClock(
            new Attestation(folder, signer.verifier(), remote.endpoint(), remote.key()),
            settings.checkpointEvery());
  }

  private void tidy() {
    try {
      if (calm() || overdue()) {
        packer.pack();
        CallLogQuery.index(folder);
      }
      retention.apply(rule);
      tidyProblem = "";
    } catch (IOException | RuntimeException failure) {
      tidyProblem = "closed segments could not be packed or removed: " + failure.getMessage();
      LOGGER.error("closed segments of the call log could not be packed or removed", failure);
    }
  }

  /** Packing and indexing cost as much as several calls for each record: they wait while many come. */
  private boolean calm() {
    long size = durable.size();
    boolean calm = size - tidied < BUSY;
    tidied = size;
    return calm;
  }

  private boolean overdue() throws IOException {
    long free = Files.getFileStore(folder.segments()).getUsableSpace();
    return packer.overdue(Math.min(MAX_BACKLOG, free / 10), clock.instant().minus(MAX_WAIT));
  }

  /** What does not work now, for operators; empty when all does. */
  public String problem() {
    String checkpoint = checkpoints.problem();
    return checkpoint.isEmpty() ? tidyProblem : checkpoint;
  }

  /** How the cosigning of checkpoints goes, or null when no witness is configured for it. */
  public @Nullable AttestationClock attestations() {
    return attestations;
  }

  /** Records below the newest checkpoint. */
  public long covered() {
    return checkpoints.covered();
  }

  @Override
  public void close() {
    tidying.shutdown();
    checkpoints.close();
    if (attestations != null) {
      attestations.close();
    }
    if (remote != null) {
      remote.endpoint().close();
    }
  }
}
