package dev.mcpguard.front.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fuzz target (threat C11): bytes on a connection are at most one request, and the same one however
 * the network cut them. The first byte is the size of the pieces.
 */
public final class HttpFramingFuzzTarget {
  private static final int HEADER_BYTES = 8192;

  private HttpFramingFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    Seen whole = read(bytes, bytes.length);
    Seen pieces = read(bytes, 1 + (data[0] & 0x0f));
    if (!whole.equals(pieces)) {
      throw new AssertionError("whole: " + whole + ", in pieces: " + pieces);
    }
  }

  /** What was made of the bytes; a refused request has neither head nor body that count. */
  private record Seen(int requests, boolean refused, boolean complete, String head, String body) {
    static final Seen REFUSED = new Seen(0, true, false, "", "");
  }

  private static Seen read(byte[] bytes, int piece) {
    EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(HEADER_BYTES));
    Reading reading = new Reading();
    for (int at = 0; at < bytes.length; at += piece) {
      int length = Math.min(piece, bytes.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
      for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
        reading.take((HttpObject) part);
        ReferenceCountUtil.release(part);
      }
    }
    channel.finishAndReleaseAll();
    return reading.seen();
  }

  private static final class Reading {
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private int requests;
    private boolean refused;
    private boolean complete;

    void take(HttpObject part) {
      if (!part.decoderResult().isSuccess()) {
        refused = true;
        return;
      }
      if (part instanceof HttpRequest request) {
        requests++;
        head.append(request.method()).append(' ').append(request.uri());
        request.headers().forEach(entry -> head.append('\n').append(entry));
      }
      if (part instanceof HttpContent content) {
        body.append(content.content().toString(StandardCharsets.ISO_8859_1));
      }
      complete |= part instanceof LastHttpContent;
    }

    Seen seen() {
      if (requests > 1) {
        throw new AssertionError("one connection, no answer yet, " + requests + " requests");
      }
      return refused
          ? Seen.REFUSED
          : new Seen(requests, false, complete, head.toString(), body.toString());
    }
  }
}
