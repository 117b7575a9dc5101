package dev.mcpguard.audit;

import dev.mcpguard.audit.keep.SegmentPacker;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.Column;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the call log; no assertion, not run by the build. {@code group <callers> <seconds>}:
 * durable records a second with waiting callers. {@code fill <records>}: fills, packs, verifies and
 * searches a log.
 */
public final class CallLogBenchmark {
  private static final int PART = 500_000;

  private CallLogBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "call-log-benchmark");
    try {
      switch (arguments[1]) {
        case "group" ->
            group(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), LogFiles.disk());
        case "beyond" ->
            group(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), new IdleDisk());
        case "build" -> build(Integer.parseInt(arguments[2]));
        case "draft" -> draft(Integer.parseInt(arguments[2]));
        case "fill" -> fill(folder, Integer.parseInt(arguments[2]));
        case "list" -> list(folder, Integer.parseInt(arguments[2]));
        default -> throw new IllegalArgumentException("group, beyond, build, draft, fill or list");
      }
    } finally {
      delete(folder);
    }
  }

  /** What a caller's own thread pays: sealing and the canonical leaf. */
  private static void draft(int rounds) throws Exception {
    PayloadSealer sealer = new PayloadSealer(new byte[32], new SecureRandom());
    for (int part = 0; part < 5; part++) {
      long start = System.nanoTime();
      long sealing = 0;
      for (int i = 0; i < rounds; i++) {
        CallRecord record = Records.admission("d-" + i);
        long before = System.nanoTime();
        byte[] clear = record.payloads().getOrDefault("arguments", new byte[0]);
        SealedPayload sealed = sealer.seal("arguments", clear);
        sealing += System.nanoTime() - before;
        LeafDraft.of(record, List.of(sealed));
      }
      said("seal and draft, sealing " + sealing / rounds + " ns", rounds, start);
    }
  }

  /** What the callers of {@code group} do beside calling the log: to be taken off its figures. */
  private static void build(int rounds) {
    for (int part = 0; part < 5; part++) {
      long start = System.nanoTime();
      long bytes = 0;
      for (int i = 0; i < rounds; i++) {
        bytes += Records.refusal("refusal-1-" + i, "policy-denied").decisionId().length();
      }
      said("refusals built " + bytes, rounds, start);
      start = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        bytes += Records.admission("admission-1-" + i).decisionId().length();
      }
      said("admissions built " + bytes, rounds, start);
    }
  }

  private static void group(Path folder, int callers, int seconds, LogFiles files) throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK, files)) {
      for (String name : List.of("warm", "refusal", "call")) {
        List<long[]> latencies = Collections.synchronizedList(new ArrayList<>());
        // the compiler takes a while: its time is not the log's
        int factor = name.equals("warm") ? 3 : 1;
        long start = System.nanoTime();
        long end = start + factor * seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
          int number = caller;
          threads.add(
              Thread.startVirtualThread(() -> latencies.add(call(log, name, number, end))));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        report(name, callers, latencies, System.nanoTime() - start);
      }
    }
  }

  private static long[] call(SegmentedCallLog log, String name, int caller, long end) {
    long[] latencies = new long[1 << 16];
    int count = 0;
    try {
      while (System.nanoTime() < end) {
        String id = name + "-" + caller + "-" + count;
        long before = System.nanoTime();
        boolean refused = name.equals("refusal") || (name.equals("warm") && count % 2 == 0);
        long admission = refused ? refuse(log, id) : log.admit(Records.admission(id)).sequence();
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = System.nanoTime() - before;
        if (!refused) {
          log.settle(Records.outcome(id, admission));
        }
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    return Arrays.copyOf(latencies, count);
  }

  private static long refuse(SegmentedCallLog log, String id) throws Exception {
    log.settle(Records.refusal(id, "policy-denied"));
    return -1;
  }

  private static void report(String name, int callers, List<long[]> latencies, long nanos) {
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    // a call is an admission that is waited for and an outcome that is not
    int each = name.equals("call") ? 2 : 1;
    long records = (long) each * latencies.stream().mapToLong(some -> some.length).sum();
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d callers, %.0f records/s, p50 %.2f ms, p99 %.2f ms, processor %.1f us a record%n",
        name,
        callers,
        records * 1e9 / nanos,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        (cpu - cpuBefore) / 1e3 / records);
    cpuBefore = cpu;
  }

  /** A filter over a long log: packed and indexed as the keeper of a running guard does. */
  private static void list(Path folder, int records) throws Exception {
    CallLogReader reader = new CallLogReader(folder, null);
    for (int part = 0; part < records; part += PART) {
      long start = System.nanoTime();
      append(folder, part, Math.min(records, part + PART));
      new SegmentPacker(reader.instance("one")).pack();
      CallLogQuery.index(reader.instance("one"));
      said("written, packed and indexed up to " + (part + PART), PART, start);
    }
    for (int i = 0; i < 3; i++) {
      search(reader, records, "list --task");
      long start = System.nanoTime();
      new CallLogQuery(reader)
          .last(CallFilter.all().with(Column.AGENT, "invoice-bot"), 50);
      said("list --agent --last 50", records, start);
      start = System.nanoTime();
      new CallLogQuery(reader)
          .each(CallFilter.all().with(Column.REASON, "never-given"), entry -> true);
      said("list --reason, no match", records, start);
    }
  }

  private static void fill(Path folder, int records) throws Exception {
    CallLogReader reader = new CallLogReader(folder, null);
    long start = System.nanoTime();
    append(folder, 0, records);
    long size = Files.size(reader.instance("one").segment(0));
    said("append without waiting (first segment " + size + " bytes)", records, start);
    verify(reader, records, "verify plain");
    start = System.nanoTime();
    int packed = new SegmentPacker(reader.instance("one")).pack();
    said("pack " + packed + " segments", records, start);
    verify(reader, records, "verify packed");
    search(reader, records, "search, building the index");
    search(reader, records, "search");
    search(reader, records, "search");
  }

  private static void append(Path folder, int from, int to) throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = from; i < to; i++) {
        JsonObject intent =
            JsonObject.builder().put("purpose", "reconcile").put("task", "task-" + i / 10).build();
        JsonObject body = Records.body().put("intent", intent).build();
        // outcomes are not waited for: this measures the writer
        log.settle(new CallRecord(RecordKind.OUTCOME, "d-" + i, body, Map.of()));
      }
    }
  }

  private static void verify(CallLogReader reader, int records, String name) throws IOException {
    long start = System.nanoTime();
    VerificationReport report =
        new Verifier(reader.instance("one"), null, List.of()).verify(done -> {});
    said(name + (report.good() ? "" : " FAILED " + report.findings()), records, start);
  }

  private static void search(CallLogReader reader, int records, String name) throws IOException {
    long start = System.nanoTime();
    AtomicLong found = new AtomicLong();
    CallFilter filter = CallFilter.all().with(Column.TASK, "task-" + records / 20);
    new CallLogQuery(reader)
        .each(
            filter,
            entry -> {
              found.incrementAndGet();
              return true;
            });
    said(name + " found " + found, records, start);
  }

  private static long cpuBefore;

  /** Elapsed time, and processor time of the whole process, which other work does not distort. */
  private static void said(String what, int records, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f s, %.0f records/s; processor %.2f s, %.2f us a record%n",
        what,
        seconds,
        records / seconds,
        (cpu - cpuBefore) / 1e9,
        (cpu - cpuBefore) / 1e3 / records);
    cpuBefore = cpu;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
