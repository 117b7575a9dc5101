package dev.mcpguard.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.mcpguard.json.VisibleText;

/**
 * Message and failure as one line of printable characters: whatever a server or a file name says, it
 * can neither begin a line of its own nor steer a terminal. Used by {@code logback.xml}.
 */
public final class OneLine extends ClassicConverter {
  private static final int FRAMES = 12;
  private static final int CAUSES = 4;
  private static final int LONGEST = 16_384;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    escape(String.valueOf(event.getFormattedMessage()), line);
    IThrowableProxy failure = event.getThrowableProxy();
    for (int depth = 0; failure != null && depth < CAUSES; depth++) {
      line.append(depth == 0 ? " | " : " | caused by ");
      escape(failure.getClassName() + ": " + failure.getMessage(), line);
      frames(failure, line);
      failure = failure.getCause();
    }
    return line.toString();
  }

  private static void frames(IThrowableProxy failure, StringBuilder line) {
    StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
    for (int i = 0; frames != null && i < Math.min(FRAMES, frames.length); i++) {
      line.append(i == 0 ? " at " : " < ");
      escape(String.valueOf(frames[i].getStackTraceElement()), line);
    }
  }

  private static void escape(String text, StringBuilder into) {
    into.append(VisibleText.cut(text, LONGEST));
  }
}
