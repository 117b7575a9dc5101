package dev.mcpguard.front.stdio;

import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes messages, one a line, whole and flushed. Thread-safe; silent once the reader is gone. */
final class Output {
  private static final Logger LOG = LoggerFactory.getLogger(Output.class);

  private final OutputStream out;
  private boolean broken;

  Output(OutputStream out) {
    this.out = new BufferedOutputStream(out, 16 << 10);
  }

  synchronized void write(JsonValue message) {
    if (broken) {
      return;
    }
    try {
      // INVARIANT: our JSON text holds no line break, they are escaped
      out.write(JsonText.bytes(message));
      out.write('\n');
      out.flush();
    } catch (IOException gone) {
      broken = true;
      LOG.warn("the client no longer reads: {}", gone.getMessage());
    }
  }
}
