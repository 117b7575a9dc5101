package dev.mcpguard.app.wiring;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the configuration that is read again when its files change: policy, registry, agents.
 *
 * <p>What decides is evidence: a new revision is kept beside the log and its arrival recorded before
 * it is put in force. A broken revision is refused, and the last good one stays in force. Thread-safe.
 *
 * @param <T> an immutable snapshot
 */
final class Kept<T extends Object> implements Supplier<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

  private final Source<T> source;
  private final CallLog log;
  private final Consumer<T> inForce;
  private final AtomicReference<Held<T>> current;
  private volatile String fingerprint;
  private volatile String lastProblem = "";

  /**
   * Where snapshots come from.
   *
   * @param kind {@code policy}, {@code registry} or {@code agents}
   * @param path the file or folder; null if nothing is to be watched
   * @param read reads and checks it
   * @param document its content as evidence
   * @param note what else the record of its arrival says
   */
  record Source<T>(
      String kind,
      @Nullable Path path,
      Reader<T> read,
      Function<T, byte[]> document,
      Function<T, Map<String, String>> note) {
    Source(String kind, Path path, Reader<T> read, Function<T, byte[]> document) {
      this(kind, path, read, document, snapshot -> Map.of());
    }

    String fingerprint() {
      return path == null ? "" : Fingerprint.of(path);
    }
  }

  /** What is in force and the digest of its document. */
  private record Held<T>(T snapshot, Digest revision) {}

  /** Reads a snapshot or says everything that is wrong with the files. */
  @FunctionalInterface
  interface Reader<T> {
    T read() throws ConfigException;
  }

  /** Reads the first snapshot; it must be sound. */
  Kept(Source<T> source, CallLog log, Consumer<T> inForce)
      throws ConfigException, AuditUnavailableException {
    this.source = source;
    this.log = log;
    this.inForce = inForce;
    this.fingerprint = source.fingerprint();
    T first = source.read().read();
    byte[] document = source.document().apply(first);
    log.keep(source.kind(), document);
    this.current = new AtomicReference<>(new Held<>(first, Digest.of(document)));
    inForce.accept(first);
  }

  @Override
  public T get() {
    return current.get().snapshot();
  }

  /** {@code policy}, {@code registry} or {@code agents}. */
  String kind() {
    return source.kind();
  }

  /** Digest of what is in force. */
  Digest revision() {
    return current.get().revision();
  }

  /** What is wrong with the files as they are now; empty if they are in force. */
  String problem() {
    return lastProblem;
  }

  /** Looks whether the files changed and, if they are sound, puts them in force. */
  synchronized void poll() {
    String seen = source.fingerprint();
    if (seen.equals(fingerprint)) {
      return;
    }
    try {
      T next = source.read().read();
      replace(next);
      lastProblem = "";
    } catch (ConfigException broken) {
      lastProblem = String.valueOf(broken.getMessage());
      LOG.error(
          "the changed {} is refused, the last good one stays in force: {}",
          source.kind(), lastProblem);
    } catch (AuditUnavailableException | RecordTooLargeException unwritable) {
      lastProblem = "its arrival could not be recorded";
      LOG.error("the changed {} is not put in force: it cannot be recorded", source.kind());
      return;
    }
    fingerprint = seen;
  }

  /** Puts a snapshot in force that came by another way; false if its arrival cannot be recorded. */
  synchronized boolean offer(T next) {
    try {
      replace(next);
      lastProblem = "";
      return true;
    } catch (AuditUnavailableException | RecordTooLargeException unwritable) {
      LOG.error("the changed {} is not put in force: it cannot be recorded", source.kind());
      return false;
    }
  }

  /** Says what is wrong with what comes; empty if nothing is. */
  void complain(String problem) {
    lastProblem = problem;
  }

  private void replace(T next) throws AuditUnavailableException, RecordTooLargeException {
    Digest before = revision();
    byte[] document = source.document().apply(next);
    Digest after = Digest.of(document);
    if (before.equals(after)) {
      return;
    }
    log.keep(source.kind(), document);
    JsonObject.Builder told =
        JsonObject.builder()
            .put("type", source.kind() + "-changed")
            .put("from", before.text())
            .put("to", after.text());
    source.note().apply(next).forEach(told::put);
    JsonObject event = told.build();
    JsonObject body =
        JsonObject.builder().put("time", RecordTime.text(Instant.now())).put("event", event).build();
    log.settle(new CallRecord(RecordKind.EVENT, source.kind() + "-" + after.text(), body, Map.of()));
    current.set(new Held<>(next, after));
    inForce.accept(next);
    LOG.info("the {} of revision {} is in force", source.kind(), after);
  }
}
