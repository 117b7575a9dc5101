package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a remembered token is still checked for, and how many verifications run. */
final class TokenCacheTest {
  private final Desk desk = new Desk();

  @Test
  void a10HitChecksTheTimeAgain() {
    String good = desk.good();
    desk.identified(good);
    desk.clock.advance(Duration.ofSeconds(329));
    desk.identified(good);
    desk.clock.advance(Duration.ofSeconds(1));
    Desk.stranger(desk.verify(good), "expired");
    desk.clock.advance(Duration.ofHours(-1));
    Desk.stranger(desk.verify(good), "not yet valid");
  }

  @Test
  void a15HitChecksTheRegisterAgain() {
    String good = desk.good();
    AgentRegister before = desk.register;
    desk.identified(good);
    desk.register = Desk.register();
    assertEquals(ReasonCode.AGENT_UNREGISTERED, Desk.reason(desk.verify(good)));
    desk.register = Desk.register(Desk.agent("reader", "client_id: reader", "state: disabled"));
    assertEquals(ReasonCode.AGENT_DISABLED, Desk.reason(desk.verify(good)));
    desk.register = before;
    desk.identified(good);
  }

  @Test
  void a15HitChecksTheReviewDate() {
    desk.clock.set(java.time.Instant.parse("2026-12-31T23:59:00Z"));
    String good = desk.good();
    desk.identified(good);
    desk.clock.advance(Duration.ofSeconds(60));
    assertEquals(ReasonCode.AGENT_OVERDUE, Desk.reason(desk.verify(good)));
  }

  @Test
  void a15HitEndsWithTheKeyThatSigned() {
    String good = desk.good();
    desk.identified(good);
    desk.keys = Desk.keys(SigningKey.set("", Desk.KEY, SigningKey.of("k2", "ES256")));
    desk.identified(good);
    desk.keys = Desk.keys(SigningKey.set("", SigningKey.of("k2", "ES256")));
    Desk.stranger(desk.verify(good), "its key is gone");
  }

  @Test
  void a8HitOfOneRouteIsNoHitOfAnother() {
    desk.identified(desk.good());
    Route other = new Route("notes", "https://guard.example.com/mcp/notes");
    Desk.stranger(desk.verifier.verify(Credential.bearer(desk.good()), other), "another route");
  }

  @Test
  void refusalIsNotRememberedBeyondItsCause() {
    SigningKey late = SigningKey.of("k2", "ES256");
    String token = late.token(JsonText.text(desk.claims()));
    Desk.stranger(desk.verify(token), "unknown key");
    desk.keys = Desk.keys(SigningKey.set("", SigningKey.of("k2", "ES256")));
    Desk.stranger(desk.verify(token), "forged by that key");
    Desk.stranger(desk.verify(token), "forged by that key, remembered");
    desk.keys = Desk.keys(SigningKey.set("", late));
    desk.identified(token);
    String early = late.token(desk.claims("nbf", String.valueOf(desk.clock.seconds() + 31)));
    Desk.stranger(desk.verify(early), "one second early");
    desk.clock.advance(Duration.ofSeconds(1));
    desk.identified(early);
  }

  @Test
  void tokenThatManyPresentAtOnceIsVerifiedOnce() throws Exception {
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    AtomicInteger computed = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      CountDownLatch go = new CountDownLatch(1);
      for (int i = 0; i < 100; i++) {
        all.add(
            threads.submit(
                () -> {
                  asked.countDown();
                  return flights.join(
                      "token",
                      () -> {
                        await(go);
                        return computed.incrementAndGet();
                      });
                }));
      }
      asked.await();
      // Whoever has not joined by now still finds the flight under way: nothing ends it but this.
      Thread.sleep(200);
      go.countDown();
      for (Future<Integer> one : all) {
        assertEquals(1, one.get());
      }
    }
    assertEquals(1, computed.get());
    assertThrows(
        IllegalStateException.class,
        () ->
            flights.join(
                "token",
                () -> {
                  throw new IllegalStateException("failed");
                }));
    assertEquals(2, flights.join("token", computed::incrementAndGet));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void f7FloodOfFreshTokensDoesNotTouchKnownCallers() throws Exception {
    VerificationBudget budget = new VerificationBudget(1, 2, Duration.ofMillis(50));
    desk.verifier =
        new WorkloadIdentityVerifier(
            List.of(new TrustedIssuer(IssuerSettings.strict(Desk.ISSUER), desk.issuerKeys)),
            () -> desk.register,
            desk.clock,
            budget);
    String good = desk.good();
    desk.identified(good);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread flood =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    budget.spend(
                        () -> {
                          held.countDown();
                          await(end);
                        });
                  } catch (RefusedTokenException impossible) {
                    throw new IllegalStateException(impossible);
                  }
                });
    held.await();
    desk.identified(good);
    String fresh = Desk.KEY.token(desk.claims("jti", "\"j2\""));
    assertEquals(ReasonCode.OVERLOADED, Desk.reason(desk.verify(fresh)));
    Desk.stranger(
        desk.verify(Desk.KEY.token(desk.claims("aud", "\"other\""))),
        "what is cheap to see needs no place");
    end.countDown();
    flood.join();
    desk.identified(fresh);
  }

  @Test
  void tokenDigestIsTheOneOfTheText() {
    Identification.Identified found = (Identification.Identified) desk.verify(desk.good());
    assertFalse(found.principal().tokenDigest().text().isEmpty());
    String token = desk.good();
    assertEquals(
        Digest.of(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        desk.identified(token).tokenDigest());
  }
}
