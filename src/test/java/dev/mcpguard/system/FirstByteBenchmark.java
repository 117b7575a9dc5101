package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much later the first event of a streamed reply comes through the guard than from the server
 * itself: the median and the 95th percentile of both, measured in turns, and the difference; the aim is
 * at most 1 ms. Says too how much of it is waiting for the durable record. No assertion, not run by the
 * build.
 */
public final class FirstByteBenchmark {
  private static final int WARM = Integer.getInteger("warm", 3_000);
  private static final int CALLS = Integer.getInteger("calls", 1_000);

  private FirstByteBenchmark() {}

  /** Runs it; about half a minute on a quiet machine. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("first-byte");
    GuardFixture prepared =
        GuardFixture.prepare(folder, Behaviour.standard().with(Hostility.PROGRESS));
    try (GuardFixture guard = prepared.serve()) {
      run(guard);
    }
    System.exit(0);
  }

  private static void run(GuardFixture guard) throws IOException {
    int server = guard.downstream().uri().getPort();
    String path = guard.downstream().uri().getPath();
    Request call = guard.good().meta("\"progressToken\":\"p\"");
    byte[] direct = call.withoutHeader("Authorization").bytes(path, server);
    byte[] guarded = call.bytes(GuardFixture.PATH, guard.port());
    List<Long> own = new ArrayList<>();
    List<Long> through = new ArrayList<>();
    try (RawHttp one = RawHttp.connect(server);
        RawHttp other = RawHttp.connect(guard.port())) {
      for (int turn = 0; turn < WARM + CALLS; turn++) {
        long unguarded = firstEvent(one, direct);
        long added = firstEvent(other, guarded);
        if (turn >= WARM) {
          own.add(unguarded);
          through.add(added);
        }
      }
    }
    System.out.printf(
        "first event: direct p50 %d us p95 %d us; through the guard p50 %d us p95 %d us; added p50 %d us p95 %d us%n",
        at(own, 50), at(own, 95), at(through, 50), at(through, 95),
        at(through, 50) - at(own, 50), at(through, 95) - at(own, 95));
    System.out.printf("of that, until the record was durable: %.0f us a call, on average%n", durable(guard));
  }

  /** What no relay can do without: a call is on durable record before it is sent. */
  private static double durable(GuardFixture guard) throws IOException {
    Exposition page =
        Exposition.of(
            guard.send(Bytes.of("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text());
    String step = "mcpguard_step_duration_seconds_%s{step=\"audit\"}";
    return page.value(step.formatted("sum")) / page.value(step.formatted("count")) * 1e6;
  }

  private static long firstEvent(RawHttp connection, byte[] request) throws IOException {
    long began = System.nanoTime();
    connection.send(request).readStart();
    boolean came = connection.readEvent().isPresent();
    long taken = System.nanoTime() - began;
    if (!came) {
      throw new IllegalStateException("the answer was no stream of events");
    }
    while (connection.readEvent().isPresent()) {
      // the rest of the stream
    }
    return taken;
  }

  private static long at(List<Long> nanos, int percent) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1_000;
  }
}
