package dev.mcpguard.audit;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the call log is written. Every default is in {@link #of}. Immutable.
 *
 * @param folder the audit folder; the log lies in {@code folder/instance}
 * @param instance names this writer: {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param payloadKey file with the key (32 bytes, base64) that wraps payload keys; null: one is
 *     generated beside the log, with a warning
 * @param segmentBytes a segment is closed at the first multiple of 256 records beyond this size
 * @param queueBytes callers wait when more than this is queued
 * @param warnBytes free disk space below which a warning is logged
 * @param reserveBytes free disk space below which nothing is admitted any more; outcomes, refusals
 *     and events may still use it
 */
public record CallLogSettings(
    Path folder,
    String instance,
    @Nullable Path payloadKey,
    long segmentBytes,
    long queueBytes,
    long warnBytes,
    long reserveBytes) {
  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public CallLogSettings {
    if (!INSTANCE.matcher(instance).matches()) {
      throw new IllegalArgumentException(
          "the instance name `" + instance + "` must match " + INSTANCE.pattern());
    }
    if (segmentBytes < 1 || queueBytes < 1 || warnBytes < 0 || reserveBytes < 0) {
      throw new IllegalArgumentException("sizes of the call log must be positive");
    }
  }

  /** Segments of 64 MiB, 32 MiB queued, a warning at 2 GiB free, a reserve of 256 MiB. */
  public static CallLogSettings of(Path folder, String instance) {
    return new CallLogSettings(
        folder, instance, null, 64L << 20, 32L << 20, 2L << 30, 256L << 20);
  }

  public CallLogSettings withPayloadKey(@Nullable Path file) {
    return new CallLogSettings(
        folder, instance, file, segmentBytes, queueBytes, warnBytes, reserveBytes);
  }

  public CallLogSettings withSegmentBytes(long bytes) {
    return new CallLogSettings(
        folder, instance, payloadKey, bytes, queueBytes, warnBytes, reserveBytes);
  }

  public CallLogSettings withQueueBytes(long bytes) {
    return new CallLogSettings(
        folder, instance, payloadKey, segmentBytes, bytes, warnBytes, reserveBytes);
  }

  public CallLogSettings withDisk(long warn, long reserve) {
    return new CallLogSettings(
        folder, instance, payloadKey, segmentBytes, queueBytes, warn, reserve);
  }
}
