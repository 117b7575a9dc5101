package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  @Test
  void textAndInstantAreThoseOfTheJdk() {
    long seed = System.nanoTime();
    System.out.println("InstantTextTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long second = i % 3 == 0 ? random.nextLong(-70_000_000_000L, 270_000_000_000L) : 1_795_000_000L;
      int nano = random.nextInt(1_000_000_000);
      int rounded = switch (i % 4) {
        case 0 -> 0;
        case 1 -> nano / 1_000_000 * 1_000_000;
        case 2 -> nano / 1_000 * 1_000;
        default -> nano;
      };
      Instant time = Instant.ofEpochSecond(second, rounded);
      assertEquals(time.toString(), InstantText.of(time));
      assertEquals(time, InstantText.parse(InstantText.of(time)));
    }
  }

  @Test
  void microsAlwaysHaveSixDigits() {
    Instant second = Instant.parse("2026-11-29T03:00:00Z");
    assertEquals("2026-11-29T03:00:00.000000Z", InstantText.micros(second));
    assertEquals("2026-11-29T03:00:00.000001Z", InstantText.micros(second.plusNanos(1_999)));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "2026-11-29T03:00:00.1x3Z", "2026-11-29T03:00:00.1234567890Z",
    "2026-11-29T03:00:00.-12Z", "2026-11-29T03:00:00.123", ""})
  void whatTheJdkRefusesIsRefused(String text) {
    InstantText.of(Instant.parse("2026-11-29T03:00:00.5Z"));
    assertThrows(DateTimeException.class, () -> Instant.parse(text));
    assertThrows(DateTimeException.class, () -> InstantText.parse(text));
  }
}
