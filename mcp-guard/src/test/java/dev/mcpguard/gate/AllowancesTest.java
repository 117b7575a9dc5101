package dev.mcpguard.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.model.CallerLimits;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Row D8 of the threats: what a subject may take, whatever it calls itself. */
class AllowancesTest {
  private static final PrincipalKey ALICE = new PrincipalKey("issuer", "alice", "desktop");
  private static final PrincipalKey ALICE_AGAIN = new PrincipalKey("issuer", "alice", "phone");
  private static final PrincipalKey BOB = new PrincipalKey("issuer", "bob", "desktop");
  private static final PrincipalKey OTHER_ALICE = new PrincipalKey("elsewhere", "alice", "desktop");

  private final AtomicLong now = new AtomicLong(1_000_000);
  private final Allowances allowances = of(new CallerLimits(3, 1_000, 10, 20, 2, 4));

  private Allowances of(CallerLimits limits) {
    return new Allowances(limits, () -> Instant.ofEpochMilli(now.get()));
  }

  private static String limit(@Nullable Refusal refusal) {
    assertNotNull(refusal);
    assertEquals(ReasonCode.RATE_LIMITED, refusal.reason());
    return refusal.data().string("limit");
  }

  private static long retryMillis(@Nullable Refusal refusal) {
    assertNotNull(refusal);
    return refusal.data().get("retryAfterMs") instanceof JsonNumber(var text)
        ? Long.parseLong(text)
        : -1;
  }

  @Test
  void d8RunningRequestsOfASubjectAreBoundedAcrossItsClientsAndNobodyElsesAreTaken() {
    assertNull(allowances.enter(ALICE, 10));
    assertNull(allowances.enter(ALICE_AGAIN, 10));
    assertNull(allowances.enter(ALICE, 10));
    assertEquals("running", limit(allowances.enter(ALICE_AGAIN, 10)));
    assertNull(allowances.enter(BOB, 10));
    assertNull(allowances.enter(OTHER_ALICE, 10));
    allowances.leave(ALICE_AGAIN, 10);
    assertNull(allowances.enter(ALICE, 10));
  }

  @Test
  void d8RequestsInTheLongRunAreBoundedAndTheRefusalSaysWhenToComeBack() {
    for (int number = 0; number < 20; number++) {
      assertNull(allowances.enter(ALICE, 1));
      allowances.leave(ALICE, 1);
    }
    Refusal refused = allowances.enter(ALICE_AGAIN, 1);
    assertEquals("requests-per-second", limit(refused));
    assertEquals(100, retryMillis(refused));
    assertNull(allowances.enter(BOB, 1));
    now.addAndGet(99);
    assertEquals("requests-per-second", limit(allowances.enter(ALICE, 1)));
    now.addAndGet(1);
    assertNull(allowances.enter(ALICE, 1));
  }

  @Test
  void d8BodiesAreBoundedTogetherAndASingleOneNever() {
    assertNull(allowances.enter(ALICE, 5_000));
    assertEquals("running-bytes", limit(allowances.enter(ALICE, 1)));
    allowances.leave(ALICE, 5_000);
    assertNull(allowances.enter(ALICE, 600));
    assertNull(allowances.enter(ALICE, 400));
    assertEquals("running-bytes", limit(allowances.enter(ALICE, 1)));
  }

  @Test
  void d8StreamsAreBoundedUntilTheyEnd() {
    assertNull(allowances.openStream(ALICE));
    assertNull(allowances.openStream(ALICE_AGAIN));
    assertEquals("streams", limit(allowances.openStream(ALICE)));
    assertNull(allowances.openStream(BOB));
    allowances.endStream(ALICE);
    assertNull(allowances.openStream(ALICE));
  }

  @Test
  void d8ARequestThatWaitsForItsClientHoldsAPlace() {
    assertNull(allowances.enter(ALICE, 1));
    assertTrue(allowances.beginWait(ALICE));
    assertTrue(allowances.beginWait(ALICE));
    assertFalse(allowances.beginWait(ALICE));
    assertEquals("running", limit(allowances.enter(ALICE, 1)));
    allowances.endWait(ALICE);
    assertNull(allowances.enter(ALICE, 1));
  }

  @Test
  void d8AClockThatRunsBackwardsCostsAndGivesNothing() {
    assertNull(allowances.enter(ALICE, 1));
    allowances.leave(ALICE, 1);
    now.addAndGet(-500_000);
    for (int number = 0; number < 19; number++) {
      assertNull(allowances.enter(ALICE, 1));
      allowances.leave(ALICE, 1);
    }
    assertEquals("requests-per-second", limit(allowances.enter(ALICE, 1)));
    now.addAndGet(100);
    assertNull(allowances.enter(ALICE, 1));
  }

  @Test
  void d8AccountsThatSayNothingAreDroppedAndOthersKept() {
    assertNull(allowances.enter(ALICE, 1));
    allowances.leave(ALICE, 1);
    assertNull(allowances.openStream(BOB));
    allowances.sweep();
    assertEquals(2, allowances.callers());
    now.addAndGet(100);
    allowances.sweep();
    assertEquals(1, allowances.callers());
    allowances.endStream(BOB);
    allowances.sweep();
    assertEquals(0, allowances.callers());
  }

  @Test
  void d8RefusalsAreCountedByLimit() {
    assertNull(allowances.enter(ALICE, 2_000));
    assertNotNull(allowances.enter(ALICE, 1));
    assertNotNull(allowances.enter(ALICE, 1));
    assertEquals(2L, allowances.refused().get("running-bytes"));
    assertEquals(0L, allowances.refused().get("streams"));
  }

  /** While accounts are dropped all the time, no place is lost and none is given twice. */
  @Test
  void d8PlacesAreExactUnderConcurrency() throws Exception {
    Allowances shared = of(new CallerLimits(4, 1 << 20, 1_000_000, 1_000_000, 2, 4));
    LongAdder inside = new LongAdder();
    LongAdder entered = new LongAdder();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < 16; number++) {
        all.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < 2_000; turn++) {
                    if (shared.enter(ALICE, 1) == null) {
                      inside.increment();
                      assertTrue(inside.sum() <= 4, "more are inside than may be");
                      entered.increment();
                      Thread.yield();
                      inside.decrement();
                      shared.leave(ALICE, 1);
                    }
                    now.incrementAndGet();
                    shared.sweep();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertTrue(entered.sum() > 0);
    now.addAndGet(10_000);
    shared.sweep();
    assertEquals(0, shared.callers());
  }
}
