package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a token counts (threat A10). */
final class TokenTimeTest {
  private final Desk desk = new Desk();

  @Test
  void a10OddTimesAreRefused() {
    for (String claim : List.of("exp", "iat", "nbf")) {
      for (String value :
          List.of(
              "\"1790000000\"",
              "1.9e9",
              "1900000000.9",
              "1e400",
              "-1",
              "null",
              "true",
              "[]",
              "99999999999999999999",
              "253402300800",
              "1900000000.0",
              "{}")) {
        desk.refused(Desk.KEY.token(desk.claims(claim, value)), claim + " " + value);
      }
    }
    desk.refused(Desk.KEY.token(desk.without("exp")), "no exp");
    desk.refused(Desk.KEY.token(desk.without("iat")), "no iat");
    desk.refused(
        Desk.KEY.token(desk.claims("exp", String.valueOf(desk.clock.seconds() + 86_401))),
        "longer than the longest lifetime");
    desk.refused(
        Desk.KEY.token(desk.claims("exp", String.valueOf(desk.clock.seconds() + 315_360_000L))),
        "ten years");
  }

  @Test
  void a10TokenIsAcceptedExactlyWithinItsTimesAndTheSkew() {
    long seed = Long.getLong("seed", 20_261_121L);
    Random random = new Random(seed);
    long skew = 30;
    for (int i = 0; i < 300; i++) {
      long start = desk.clock.seconds();
      long issued = start + random.nextInt(-200, 200);
      long notBefore = issued + random.nextInt(-100, 100);
      long expires = issued + random.nextInt(-50, 400);
      String claims =
          JsonText.text(
              desk.claims()
                  .with("iat", dev.mcpguard.json.JsonNumber.of(issued))
                  .with("nbf", dev.mcpguard.json.JsonNumber.of(notBefore))
                  .with("exp", dev.mcpguard.json.JsonNumber.of(expires)));
      String token = Desk.KEY.token(claims);
      for (long now :
          new long[] {
            start,
            issued - skew - 1,
            issued - skew,
            notBefore - skew - 1,
            notBefore - skew,
            expires + skew - 1,
            expires + skew
          }) {
        desk.clock.set(Instant.ofEpochSecond(now));
        boolean within =
            expires > issued && now >= Math.max(issued, notBefore) - skew && now < expires + skew;
        boolean accepted =
            desk.verify(token) instanceof dev.mcpguard.model.Identification.Identified;
        assertEquals(within, accepted, "seed " + seed + " round " + i + " at " + (now - issued));
      }
      desk.clock.set(Instant.ofEpochSecond(start));
    }
  }
}
