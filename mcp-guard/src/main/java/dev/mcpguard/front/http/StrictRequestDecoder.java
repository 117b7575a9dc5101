package dev.mcpguard.front.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Netty's request decoder, made strict: every framing byte it consumes passes {@link FramingCheck},
 * two ways to give a length are refused, and one request is read at a time. Bytes that arrive before
 * the answer is written are thrown away and end the connection: no pipelining, so nothing is smuggled
 * behind a request (threat C11).
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  /** User events: the first byte of a request was read. */
  enum Event {
    FIRST_BYTE
  }

  private final FramingCheck framing = new FramingCheck();
  private boolean begun;
  private boolean answerDue;
  private boolean strayBytes;
  private boolean broken;
  private boolean twoLengths;

  StrictRequestDecoder(int headerBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(4096)
            .setMaxHeaderSize(headerBytes)
            .setMaxChunkSize(64 << 10)
            .setAllowDuplicateContentLengths(false)
            .setValidateHeaders(true)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  /** The answer is written: the next request may come. Called on the event loop. */
  void answered() {
    answerDue = false;
    begun = false;
    framing.reset();
  }

  /** Whether bytes came that belong to no request; the connection cannot be used again. */
  boolean strayBytes() {
    return strayBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (answerDue || broken) {
      strayBytes |= in.isReadable();
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!begun) {
      begun = true;
      context.fireUserEventTriggered(Event.FIRST_BYTE);
    }
    int from = in.readerIndex();
    List<Object> fresh = new ArrayList<>(2);
    super.decode(context, in, fresh);
    boolean sound = framing.consumed(in, from, in.readerIndex()) == null && !twoLengths;
    if (!sound || !consistent(fresh)) {
      refuse(fresh);
    }
    out.addAll(fresh);
  }

  /** Whether codec and check agree on where headers and body end. */
  private boolean consistent(List<Object> fresh) {
    for (Object part : fresh) {
      if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
        if (!framing.complete()) {
          return false;
        }
        framing.body(HttpUtil.isTransferEncodingChunked(request));
      }
      if (part instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
        answerDue = true;
        if (!framing.complete()) {
          return false;
        }
      }
    }
    return true;
  }

  private void refuse(List<Object> fresh) {
    broken = true;
    DecoderResult failure =
        DecoderResult.failure(new IllegalArgumentException("the framing is not strict"));
    if (!fresh.isEmpty() && fresh.getFirst() instanceof HttpRequest request) {
      request.setDecoderResult(failure);
      while (fresh.size() > 1) {
        ReferenceCountUtil.release(fresh.removeLast());
      }
      return;
    }
    fresh.forEach(ReferenceCountUtil::release);
    fresh.clear();
    DefaultLastHttpContent end = new DefaultLastHttpContent();
    end.setDecoderResult(failure);
    fresh.add(end);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    twoLengths = true;
    super.handleTransferEncodingChunkedWithContentLength(message);
  }
}
