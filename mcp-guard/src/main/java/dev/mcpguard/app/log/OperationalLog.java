package dev.mcpguard.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.mcpguard.app.config.LogConfiguration;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Puts the configured format and level in force. Libraries stay at {@code warn} whatever the guard's
 * own level: at {@code debug} an HTTP library writes down headers. What libraries tell {@code
 * java.util.logging} comes the same way.
 */
public final class OperationalLog {
  private static final String OWN = "dev.mcpguard";

  private OperationalLog() {}

  /** Applies {@code configuration}; the environment variable {@code MCP_GUARD_LOG_LEVEL} wins. */
  public static void apply(LogConfiguration configuration) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    String wanted = System.getenv("MCP_GUARD_LOG_LEVEL");
    Level level = Level.toLevel(configuration.level().name(), Level.INFO);
    context.getLogger(OWN).setLevel(wanted == null ? level : Level.toLevel(wanted, level));
    if (configuration.format() == LogConfiguration.Format.JSON) {
      Iterator<Appender<ILoggingEvent>> appenders =
          context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      while (appenders.hasNext()) {
        if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
          replace(stream, json(context));
        }
      }
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void replace(
      OutputStreamAppender<ILoggingEvent> stream, Encoder<ILoggingEvent> encoder) {
    Encoder<ILoggingEvent> before = stream.getEncoder();
    stream.stop();
    before.stop();
    stream.setEncoder(encoder);
    stream.start();
  }

  private static JsonEncoder json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.start();
    return encoder;
  }
}
