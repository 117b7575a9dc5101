package dev.mcpguard.app.command;

import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * How far a long reading has come, on one line of the error stream that is written over. Silent for
 * what is done within moments. One thread.
 */
final class ProgressBar implements LongConsumer {
  private static final int WIDTH = 30;
  private static final long SHOW_NANOS = 500_000_000;

  private final String name;
  private final long expected;
  private final PrintWriter out;
  private long shown = System.nanoTime();
  private boolean visible;

  /**
   * @param expected about how many there are; the bar is full when there are more
   */
  ProgressBar(String name, long expected, PrintWriter out) {
    this.name = name;
    this.expected = Math.max(1, expected);
    this.out = out;
  }

  /** About how many records there are: where the last segment begins, or what is promised. */
  static ProgressBar of(InstanceFolder folder, PrintWriter out) throws IOException {
    List<Long> starts = folder.segmentStarts();
    Checkpoint checkpoint =
        Files.exists(folder.checkpoint())
            ? Checkpoint.ofText(Files.readString(folder.checkpoint()))
            : null;
    long promised = checkpoint == null ? 0 : checkpoint.size();
    long expected = Math.max(promised, starts.isEmpty() ? 0 : starts.getLast());
    return new ProgressBar(folder.instance(), expected, out);
  }

  @Override
  public void accept(long done) {
    long now = System.nanoTime();
    if (now - shown >= SHOW_NANOS) {
      shown = now;
      visible = true;
      out.print("\r" + line(done));
      out.flush();
    }
  }

  /** Makes room for what is printed next. */
  void end() {
    if (visible) {
      out.print("\r" + " ".repeat(line(expected).length()) + "\r");
      out.flush();
    }
  }

  String line(long done) {
    int filled = (int) Math.min(WIDTH, WIDTH * done / expected);
    return String.format(
        Locale.ROOT, "%s [%s%s] %3d %% %,d records", name, "#".repeat(filled),
        "-".repeat(WIDTH - filled), Math.min(100, 100 * done / expected), done);
  }
}
