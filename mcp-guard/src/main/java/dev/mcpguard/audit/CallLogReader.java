package dev.mcpguard.audit;

import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadKeyFile;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of all instances below one audit folder; never writes and needs no running guard.
 * Immutable and thread-safe; the cursors it hands out are not.
 */
public final class CallLogReader {
  private final Path folder;
  private final @Nullable Path payloadKey;
  private final @Nullable String only;

  /**
   * @param folder the audit folder, with one folder per instance
   * @param payloadKey the configured payload key; null: the one generated beside each log
   */
  public CallLogReader(Path folder, @Nullable Path payloadKey) {
    this(folder, payloadKey, null);
  }

  private CallLogReader(Path folder, @Nullable Path payloadKey, @Nullable String only) {
    this.folder = folder;
    this.payloadKey = payloadKey;
    this.only = only;
  }

  /** The same log with one instance in sight. */
  public CallLogReader only(String instance) {
    return new CallLogReader(folder, payloadKey, instance);
  }

  /** The audit folder. */
  public Path folder() {
    return folder;
  }

  /** Names of the instances that ever wrote here, sorted. */
  public List<String> instances() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> wrote(new InstanceFolder(child)))
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> only == null || only.equals(name))
          .sorted()
          .toList();
    }
  }

  /** A checkpoint or key whose records are gone is still a log: verification must name it. */
  private static boolean wrote(InstanceFolder child) {
    return Files.isDirectory(child.segments())
        || Files.exists(child.checkpoint())
        || Files.exists(child.checkpointKey());
  }

  /** The files of one instance. */
  public InstanceFolder instance(String name) {
    return new InstanceFolder(folder.resolve(name));
  }

  /** Records of one instance from sequence number {@code from} on. */
  public LogCursor cursor(String instance, long from) {
    return new LogCursor(instance(instance), from);
  }

  /** One record, or null when it does not exist or was removed. */
  public @Nullable LogEntry entry(String instance, long sequence) throws IOException {
    try (LogCursor cursor = cursor(instance, sequence)) {
      LogEntry entry = cursor.next();
      return entry != null && entry.sequence() == sequence ? entry : null;
    }
  }

  /** A payload of a record, proven against the digest the leaf names. */
  public PayloadReading payload(LogEntry entry, String role) throws IOException {
    Frame frame = payloadFrame(instance(entry.instance()), entry.sequence(), role);
    if (frame == null) {
      return new PayloadReading.Absent();
    }
    SealedPayload sealed = SealedPayload.ofBody(frame.body());
    PayloadReading refused = refused(sealed, entry.json(), role);
    return refused == null ? opener(instance(entry.instance())).open(sealed) : refused;
  }

  /** Payloads of many records in order; much faster than one by one. */
  public PayloadWalk payloads(String instance) {
    return new PayloadWalk(this, instance);
  }

  /** Why a payload is not opened at all, or null. */
  static @Nullable PayloadReading refused(SealedPayload sealed, JsonObject record, String role) {
    String kept = record.string(role + "_kept_digest");
    String named = kept == null ? record.string(role + "_digest") : kept;
    if (!sealed.digest().text().equals(named)) {
      return new PayloadReading.Unreadable("it is not the payload the record names");
    }
    return sealed.erased() ? new PayloadReading.Erased() : null;
  }

  /** What opens the payloads of a log; the message of a failure names the key file. */
  public PayloadSealer opener(InstanceFolder log) throws IOException {
    Path key = payloadKey == null ? PayloadKeyFile.beside(log) : payloadKey;
    return PayloadKeyFile.load(key, new SecureRandom());
  }

  /** A document kept as evidence, proven against its digest; null when absent or damaged. */
  public byte @Nullable [] evidence(String instance, String kind, Digest digest)
      throws IOException {
    Path file = EvidenceStore.file(instance(instance), kind, digest);
    if (!Files.exists(file)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    return Digest.of(bytes).equals(digest) ? bytes : null;
  }

  private static @Nullable Frame payloadFrame(InstanceFolder folder, long sequence, String role)
      throws IOException {
    long segment = -1;
    for (long start : folder.segmentStarts()) {
      segment = start <= sequence ? start : segment;
    }
    try (FrameReader frames = openFrames(folder, segment)) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        if (frame.sequence() > sequence) {
          return null;
        }
        if (frame.type() == FrameType.PAYLOAD
            && frame.sequence() == sequence
            && SealedPayload.ofBody(frame.body()).role().equals(role)) {
          return frame;
        }
      }
      return null;
    } catch (NoSuchFileException removedByRetention) {
      return null;
    }
  }

  static FrameReader openFrames(InstanceFolder folder, long segment) throws IOException {
    try {
      return FrameReader.open(folder.segment(segment));
    } catch (NoSuchFileException packed) {
      return FrameReader.open(folder.payloads(segment));
    }
  }
}
