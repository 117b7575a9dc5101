package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Row D6: how much slow, stalled and disappearing clients, and a server that hangs, cost a good client.
 * Prints the 99th percentile of its calls without and with them, in turns so that other load meets
 * both, and the ratio; the aim is at most 2. No assertion, not run by the build.
 */
public final class NeighbourBenchmark {
  private static final int CALLS = Integer.getInteger("calls", 400);
  private static final int TURNS = 3;
  private static final int SLOW = 150;
  private static final int HANGING = 64;

  private final GuardFixture guard;
  private final RecordingServer hanging;
  private final String toHanging;

  private NeighbourBenchmark(GuardFixture guard, RecordingServer hanging) {
    this.guard = guard;
    this.hanging = hanging;
    this.toHanging = guard.home().token("keeper", "mcp:read", guard.home().resource("hang"));
  }

  /** Runs it; about a minute on a quiet machine. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("neighbours");
    GuardFixture prepared = GuardFixture.prepare(folder);
    try (RecordingServer hanging =
        RecordingServer.start(Behaviour.standard().with(Hostility.HANG))) {
      prepared.home().register("hang", hanging);
      try (GuardFixture guard = prepared.serve()) {
        new NeighbourBenchmark(guard, hanging).run();
      }
    }
    System.exit(0);
  }

  private void run() throws Exception {
    latencies();
    List<Long> quiet = new ArrayList<>();
    List<Long> noisy = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      quiet.addAll(latencies());
      AtomicBoolean over = new AtomicBoolean();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        neighbours(threads, over);
        Thread.sleep(2_000);
        noisy.addAll(latencies());
        over.set(true);
        hanging.dropConnections();
      }
    }
    double ratio = percentile(noisy, 99) / (double) percentile(quiet, 99);
    System.out.printf(
        "alone p50 %d us p99 %d us; with neighbours p50 %d us p99 %d us; p99 ratio %.2f%n",
        percentile(quiet, 50), percentile(quiet, 99), percentile(noisy, 50), percentile(noisy, 99), ratio);
  }

  private void neighbours(ExecutorService threads, AtomicBoolean over) {
    byte[] call = guard.good().bytes(GuardFixture.PATH, guard.port());
    int headers = Bytes.text(call).indexOf("\r\n\r\n") + 4;
    for (int number = 0; number < SLOW; number++) {
      threads.submit(() -> trickle(Arrays.copyOf(call, headers - 4), over));
      threads.submit(() -> trickle(Arrays.copyOf(call, call.length - 1), over));
    }
    byte[] hang =
        Request.call("echo", "{}")
            .intent(GuardFixture.LOOK)
            .token(toHanging)
            .bytes("/mcp/hang", guard.port());
    for (int number = 0; number < HANGING; number++) {
      threads.submit(() -> leave(hang, over, Duration.ofSeconds(60)));
    }
    for (int number = 0; number < 4; number++) {
      threads.submit(
          () -> {
            while (!over.get()) {
              leave(call, over, Duration.ZERO);
              Thread.sleep(50);
            }
            return null;
          });
    }
  }

  /** Sends the half at once and the rest a byte a second, or nothing more; never ends the request. */
  private Void trickle(byte[] part, AtomicBoolean over) throws Exception {
    int half = part.length / 2;
    while (!over.get()) {
      try (RawHttp slow = RawHttp.connect(guard.port())) {
        slow.send(Arrays.copyOf(part, half));
        for (int at = half; at < part.length && !over.get(); at++) {
          Thread.sleep(1_000);
          slow.send(new byte[] {part[at]});
        }
      } catch (IOException cutOff) {
        // the guard's patience is over: begin again
      }
    }
    return null;
  }

  /** Sends a call and goes away without reading its answer. */
  private Void leave(byte[] call, AtomicBoolean over, Duration after) throws Exception {
    try (RawHttp connection = RawHttp.connect(guard.port())) {
      connection.send(call);
      long end = System.nanoTime() + after.toNanos();
      while (!over.get() && System.nanoTime() < end) {
        Thread.sleep(100);
      }
    }
    return null;
  }

  /** Microseconds of each call of a good client that keeps its connection. */
  private List<Long> latencies() throws IOException {
    List<Long> micros = new ArrayList<>();
    byte[] call = guard.good().bytes(GuardFixture.PATH, guard.port());
    try (RawHttp connection = RawHttp.connect(guard.port())) {
      for (int number = 0; number < CALLS; number++) {
        long begin = System.nanoTime();
        RawHttp.Response answer = connection.send(call).read();
        micros.add((System.nanoTime() - begin) / 1_000);
        if (answer.status() != 200) {
          throw new IllegalStateException(answer.text());
        }
      }
    }
    return micros;
  }

  private static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
