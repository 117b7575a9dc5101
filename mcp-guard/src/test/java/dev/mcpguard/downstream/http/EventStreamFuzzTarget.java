package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.json.JsonLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Fuzz target (threats C16, D7): the events of a server's stream are the same however the network cut
 * it, none is longer than the bound, and each is read as a message or as unreadable. The first byte
 * is the size of the pieces.
 */
public final class EventStreamFuzzTarget {
  private static final int LONGEST = 512;

  private EventStreamFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    List<String> whole = read(bytes, bytes.length);
    List<String> pieces = read(bytes, 1 + (data[0] & 0x0f));
    if (!whole.equals(pieces)) {
      throw new AssertionError("whole: " + whole + ", in pieces: " + pieces);
    }
  }

  private static List<String> read(byte[] bytes, int piece) {
    EventStream stream = new EventStream(LONGEST);
    List<String> events = new ArrayList<>();
    boolean fits = true;
    for (int at = 0; at < bytes.length && fits; at += piece) {
      fits = stream.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
      for (EventStream.Event event = stream.poll(); event != null; event = stream.poll()) {
        events.add(told(event));
      }
    }
    if (!fits) {
      events.add("too long");
    }
    return events;
  }

  private static String told(EventStream.Event event) {
    if (event.data().length > LONGEST) {
      throw new AssertionError("an event of " + event.data().length + " bytes");
    }
    if (event.message()) {
      Objects.requireNonNull(ServerMessage.read(event.data(), JsonLimits.message()));
    }
    return event.type() + " " + event.id() + " " + Arrays.toString(event.data());
  }
}
