package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row F2 of the threats: a guard that is killed at any instant under load. Ten kills unless
 * {@code MCPGUARD_KILLS} says otherwise; {@code .ci/run} asks for 50, {@code .ci/long} for 500. The seed is printed.
 */
class KillStoriesTest {
  private static final int CLIENTS = 6;
  private static final int TORN_EVERY = 5;
  private static final int AT_START_EVERY = 7;

  @TempDir Path folder;

  private final Random random = new Random();
  private final AtomicLong numbers = new AtomicLong();

  /** Decisions a client was told of as refused: their records were durable before the answer. */
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();

  /** Numbers of calls a client got a result for. */
  private final Set<Long> answered = ConcurrentHashMap.newKeySet();

  private static int kills() {
    String asked = System.getenv("MCPGUARD_KILLS");
    return asked == null || asked.isBlank() ? 10 : Integer.parseInt(asked.strip());
  }

  @Test
  void f2_whatAServerReceivedIsInTheLogWheneverTheGuardIsKilled() throws Exception {
    long seed = Long.getLong("mcpguard.seed", System.nanoTime());
    System.out.println("KillStoriesTest: " + kills() + " kills, -Dmcpguard.seed=" + seed);
    random.setSeed(seed);
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      for (int kill = 1; kill <= kills(); kill++) {
        if (kill % AT_START_EVERY == 0) {
          killedWhileStarting(guard);
        } else {
          killedUnderLoad(guard);
        }
        if (kill % TORN_EVERY == 0) {
          tear(guard.home());
        }
        if (kill % 10 == 0) {
          assertNothingLost(guard);
        }
      }
      assertNothingLost(guard);
      int torn = guard.log().events("torn-tail-removed").size();
      assertTrue(torn >= kills() / TORN_EVERY, torn + " torn tails were found");
    }
  }

  private void killedWhileStarting(GuardFixture guard) throws Exception {
    try (GuardProcess process = GuardProcess.spawn(guard.home())) {
      Thread.sleep(random.nextInt(1_200));
      process.kill();
    }
  }

  private void killedUnderLoad(GuardFixture guard) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (GuardProcess process = GuardProcess.spawn(guard.home()).awaitServing(guard.port());
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      int before = guard.downstream().requests().size();
      for (int client = 0; client < CLIENTS; client++) {
        clients.execute(() -> callUntil(over, guard));
      }
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (guard.downstream().requests().size() < before + 4 && System.nanoTime() < deadline) {
        Thread.sleep(2);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(150_000));
      process.kill();
      over.set(true);
    }
  }

  private void callUntil(AtomicBoolean over, GuardFixture guard) {
    while (!over.get()) {
      long number = numbers.incrementAndGet();
      boolean refused = number % 5 == 0;
      Request call =
          Request.call(refused ? "drop" : "echo", "{\"n\":" + number + "}")
              .intent(GuardFixture.LOOK)
              .token(guard.goodToken());
      try {
        Json answer = guard.send(call).json();
        answer.textAt("error", "data", "decisionId").ifPresent(refusals::add);
        if (answer.get("result").isPresent()) {
          answered.add(number);
        }
      } catch (IOException | JsonReader.Unreadable killed) {
        // The guard is gone in the middle of an answer, or not there yet.
      }
    }
  }

  /** What a power cut leaves: the beginning of a batch that was never acknowledged. */
  private void tear(GuardHome home) throws IOException {
    try (Stream<Path> files = Files.list(home.file("audit/guard/segments"))) {
      Path last =
          files.filter(file -> file.toString().endsWith(".segment")).sorted().toList().getLast();
      byte[] garbage = new byte[1 + random.nextInt(300)];
      random.nextBytes(garbage);
      Files.write(last, garbage, StandardOpenOption.APPEND);
    }
  }

  private void assertNothingLost(GuardFixture guard) throws Exception {
    try (GuardProcess process = GuardProcess.spawn(guard.home()).awaitServing(guard.port())) {
      process.kill();
    }
    LogView log = guard.log();
    log.assertVerifies();
    List<RecordedRequest> calls = guard.downstream().calls();
    LogAgainstDownstream.assertEveryCallIsRecorded(log, calls);
    Set<String> recorded = new HashSet<>();
    for (Json terminal : log.terminals()) {
      recorded.add(LogView.text(terminal, "decision_id"));
    }
    Set<String> lost = new HashSet<>(refusals);
    lost.removeAll(recorded);
    assertEquals(Set.of(), lost, "answered as refused and not in the log");
    assertTrue(calls.size() >= answered.size(), "answered without a call");
    System.out.println(
        "KillStoriesTest: "
            + calls.size()
            + " calls received, "
            + log.ofKind("admission").size()
            + " admitted, "
            + log.ofKind("outcome").stream()
                .filter(each -> LogView.text(each, "fate").equals("unknown"))
                .count()
            + " settled as unknown, "
            + refusals.size()
            + " refusals answered");
  }
}
