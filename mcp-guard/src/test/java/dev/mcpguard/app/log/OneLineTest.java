package dev.mcpguard.app.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** F11: what a server or a file says cannot begin a line of the log or steer a terminal. */
class OneLineTest {
  private static String line(String message, @Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            OneLineTest.class.getName(), context.getLogger("test"), Level.WARN, "{}", failure,
            new Object[] {message});
    return new OneLine().convert(event);
  }

  @Test
  void f11_lineEndsAndEscapesOfATerminalAreSpelledOut() {
    String hostile = "x\r\n2026 ERROR forged\u001b[2K\u009b31m\u202egnp\u2028end";
    String line = line(hostile, null);
    assertTrue(line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
    assertTrue(line.contains("\\u{d}\\u{a}2026 ERROR forged\\u{1b}[2K"), line);
  }

  @Test
  void aFailureAndItsCauseStayOnTheLine() {
    Throwable failure =
        new IllegalStateException("outer\nforged", new IOException("inner\u001b[0m"));
    String line = line("it failed", failure);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.startsWith("it failed | java.lang.IllegalStateException: outer\\u{a}forged at "), line);
    assertTrue(line.contains(" | caused by java.io.IOException: inner\\u{1b}[0m"), line);
  }

  @Test
  void aHugeMessageIsCut() {
    assertTrue(line("x".repeat(1_000_000), null).length() <= 16_384);
  }
}
