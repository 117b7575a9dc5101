package dev.mcpguard.front.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Checks the framing bytes of one request as the codec consumes them, and is stricter than the codec:
 * a request line is three words with one blank between them, the last {@code HTTP/1.1}, lines end in
 * CR LF and nothing else, no folded headers, no control characters, no chunk extensions, no trailers
 * (RFC 9112; threat C11). It decides nothing about content. One per connection, not thread-safe.
 */
final class FramingCheck {
  private enum State {
    LINE_START,
    REQUEST_LINE,
    IN_LINE,
    LINE_END,
    FREE,
    CHUNK_SIZE_FIRST,
    CHUNK_SIZE,
    CHUNK_SIZE_END,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    LAST_CR,
    LAST_LF,
    DONE
  }

  private static final String VERSION = "HTTP/1.1";
  private static final int MOST_CHUNK_DIGITS = 7;

  private State state = State.LINE_START;
  private boolean emptyLine = true;
  private boolean firstLine = true;
  private int blanks;
  private boolean afterBlank;
  private int versionAt;
  private int chunkDigits;
  private int chunkLeft;

  /** Forgets the request: the next byte begins another one. */
  void reset() {
    state = State.LINE_START;
    emptyLine = true;
    firstLine = true;
  }

  /** Tells how the body is framed, once the codec has read the headers. */
  void body(boolean chunked) {
    state = chunked ? State.CHUNK_SIZE_FIRST : State.FREE;
    chunkDigits = 0;
    chunkLeft = 0;
  }

  /** Whether the headers, or the chunked body, ended where the codec says they did. */
  boolean complete() {
    return state == State.DONE || state == State.FREE;
  }

  /** Takes in what the codec consumed; says what is wrong with it, or null. */
  @Nullable String consumed(ByteBuf bytes, int from, int to) {
    for (int i = from; i < to && state != State.FREE; i++) {
      if (state == State.CHUNK_DATA) {
        int skip = Math.min(chunkLeft, to - i);
        chunkLeft -= skip;
        i += skip - 1;
        state = chunkLeft == 0 ? State.CHUNK_DATA_CR : State.CHUNK_DATA;
        continue;
      }
      if (state == State.IN_LINE) {
        i = bytes.forEachByte(i, to - i, FramingCheck::plain);
        if (i < 0) {
          return null;
        }
      }
      int fault = next(bytes.getByte(i) & 0xFF);
      if (fault != 0) {
        return "byte " + fault + " is out of place in the framing of the request";
      }
    }
    return null;
  }

  /** What may stand inside a line; everything else is looked at one by one. */
  private static boolean plain(byte b) {
    return b < 0 || (b >= 0x20 && b != 0x7f) || b == '\t';
  }

  /** One step; answers 0, or the byte (plus 1000 for NUL) that has no business there. */
  private int next(int b) {
    return switch (state) {
      case LINE_START, IN_LINE -> inHead(b);
      case REQUEST_LINE -> inRequestLine(b);
      case LINE_END -> expect(b, '\n', emptyLine ? State.DONE : startOfLine());
      case CHUNK_SIZE_FIRST, CHUNK_SIZE -> inChunkSize(b);
      case CHUNK_SIZE_END ->
          expect(b, '\n', chunkLeft == 0 ? State.LAST_CR : State.CHUNK_DATA);
      case CHUNK_DATA_CR -> expect(b, '\r', State.CHUNK_DATA_LF);
      case CHUNK_DATA_LF -> expect(b, '\n', startOfChunk());
      case LAST_CR -> expect(b, '\r', State.LAST_LF);
      case LAST_LF -> expect(b, '\n', State.DONE);
      case DONE -> fault(b);
      case FREE, CHUNK_DATA -> 0;
    };
  }

  private int inHead(int b) {
    boolean start = state == State.LINE_START;
    if (b == '\r') {
      emptyLine = start;
      state = State.LINE_END;
      return start && firstLine ? fault(b) : 0;
    }
    if ((b < 0x20 && b != '\t') || b == 0x7f || (start && (b == ' ' || b == '\t'))) {
      return fault(b);
    }
    if (firstLine) {
      firstLine = false;
      blanks = 0;
      afterBlank = false;
      versionAt = 0;
      state = State.REQUEST_LINE;
      return b == '\t' || b > 0x7f ? fault(b) : 0;
    }
    state = State.IN_LINE;
    return 0;
  }

  /** The codec takes any blanks for a separator; here one and the same line has one reading. */
  private int inRequestLine(int b) {
    if (b == '\r') {
      emptyLine = false;
      state = State.LINE_END;
      return versionAt == VERSION.length() ? 0 : fault(b);
    }
    if (b == ' ') {
      blanks++;
      boolean odd = afterBlank || blanks > 2;
      afterBlank = true;
      return odd ? fault(b) : 0;
    }
    afterBlank = false;
    boolean other =
        blanks == 2 && (versionAt == VERSION.length() || b != VERSION.charAt(versionAt++));
    return other || b < 0x20 || b >= 0x7f ? fault(b) : 0;
  }

  private int inChunkSize(int b) {
    int digit = b > 0x7f ? -1 : Character.digit(b, 16);
    if (digit >= 0 && chunkDigits < MOST_CHUNK_DIGITS) {
      chunkDigits++;
      chunkLeft = chunkLeft << 4 | digit;
      state = State.CHUNK_SIZE;
      return 0;
    }
    if (b == '\r' && state == State.CHUNK_SIZE) {
      state = State.CHUNK_SIZE_END;
      return 0;
    }
    return fault(b);
  }

  private int expect(int b, int wanted, State then) {
    if (b != wanted) {
      return fault(b);
    }
    state = then;
    return 0;
  }

  private State startOfLine() {
    emptyLine = false;
    return State.LINE_START;
  }

  private State startOfChunk() {
    chunkDigits = 0;
    return State.CHUNK_SIZE_FIRST;
  }

  private static int fault(int b) {
    return b == 0 ? 1000 : b;
  }
}
