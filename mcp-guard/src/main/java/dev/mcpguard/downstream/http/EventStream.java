package dev.mcpguard.downstream.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML 9.2) out of the pieces of a stream, within bounds. Not
 * thread-safe.
 */
final class EventStream {
  /**
   * One event.
   *
   * @param data the bytes of its data lines, or empty
   * @param id its id, or null
   * @param type its type, or empty for the default
   */
  record Event(byte[] data, @Nullable String id, String type) {
    boolean message() {
      return data.length > 0 && (type.isEmpty() || type.equals("message"));
    }
  }

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private final int longest;
  private final Deque<Event> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<byte[]> data = new ArrayList<>();
  private @Nullable String id;
  private String type = "";
  private int size;
  private boolean afterReturn;
  private boolean tooLong;
  private Duration retry = Duration.ZERO;

  EventStream(int longest) {
    this.longest = longest;
  }

  /** Takes a piece; false if an event is longer than the bound. */
  boolean feed(byte[] piece) {
    int start = 0;
    for (int i = 0; i < piece.length && !tooLong; i++) {
      byte b = piece[i];
      if (b != '\n' && b != '\r') {
        afterReturn = false;
        continue;
      }
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        start = i + 1;
        continue;
      }
      append(piece, start, i - start);
      endLine();
      afterReturn = b == '\r';
      start = i + 1;
    }
    append(piece, start, piece.length - start);
    return !tooLong;
  }

  /** How long the server asked to wait before the stream is opened again; zero if it did not. */
  Duration retry() {
    return retry;
  }

  /** The next complete event, or null. */
  @Nullable Event poll() {
    return ready.poll();
  }

  private void append(byte[] piece, int from, int length) {
    if (length > 0 && !tooLong) {
      size += length;
      tooLong = size > longest;
      line.write(piece, from, length);
    }
  }

  private void endLine() {
    byte[] text = line.toByteArray();
    line.reset();
    if (text.length == 0) {
      dispatch();
    } else {
      field(text);
    }
  }

  private void field(byte[] text) {
    int colon = 0;
    while (colon < text.length && text[colon] != ':') {
      colon++;
    }
    if (colon == 0) {
      size -= text.length;
      return;
    }
    int from = Math.min(text.length, colon + 1);
    if (from < text.length && text[from] == ' ') {
      from++;
    }
    byte[] value = Arrays.copyOfRange(text, from, text.length);
    switch (new String(text, 0, colon, StandardCharsets.UTF_8)) {
      case "data" -> data.add(value);
      case "event" -> type = new String(value, StandardCharsets.UTF_8);
      case "id" -> id = new String(value, StandardCharsets.UTF_8);
      case "retry" -> retryAfter(new String(value, StandardCharsets.US_ASCII));
      default -> {}
    }
  }

  /** Only digits count (WHATWG HTML 9.2.6); the bound of the call is the bound of the wait. */
  private void retryAfter(String millis) {
    if (DIGITS.matcher(millis).matches()) {
      retry = Duration.ofMillis(Long.parseLong(millis));
    }
  }

  private void dispatch() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < data.size(); i++) {
      if (i > 0) {
        joined.write('\n');
      }
      joined.writeBytes(data.get(i));
    }
    if (!data.isEmpty() || id != null) {
      ready.add(new Event(joined.toByteArray(), id, type));
    }
    data.clear();
    id = null;
    type = "";
    size = 0;
  }
}
