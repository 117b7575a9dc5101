package dev.mcpguard.front.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of one connection: one answer per request, plain or as an event stream, and what
 * becomes of the connection after it. The public verbs may be called from any thread and hop to the
 * event loop; state is the loop's alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class Outlet {
  private static final int LINGER_MILLIS = 1000;
  private static final String COMMENT = ":\n\n";

  private final ChannelHandlerContext context;
  private final StrictRequestDecoder decoder;
  private final Deadline deadline;
  private final HttpLimits limits;
  private boolean closeAsked;
  private boolean bodyEnded;
  private boolean answered = true;
  private boolean lingering;
  private @Nullable ScheduledFuture<?> comments;
  private @Nullable Runnable streamGone;

  Outlet(
      ChannelHandlerContext context,
      StrictRequestDecoder decoder,
      Deadline deadline,
      HttpLimits limits) {
    this.context = context;
    this.decoder = decoder;
    this.deadline = deadline;
    this.limits = limits;
  }

  /** A request begins. Event loop. */
  void begin(boolean close) {
    closeAsked = close;
    bodyEnded = false;
    answered = false;
  }

  /** An unreadable request: whether it still can be answered. Event loop. */
  boolean beginBroken() {
    boolean possible = !lingering;
    begin(true);
    return possible;
  }

  /** The body of the request was read to its end. Event loop. */
  void bodyEnded() {
    bodyEnded = true;
  }

  /** Asks for the body. Event loop. */
  void proceed() {
    context.writeAndFlush(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
  }

  /** Sends a whole answer. */
  void send(FullHttpResponse response, boolean close) {
    onLoop(() -> write(response, close));
  }

  /** Begins an event stream; {@code gone} runs on the loop when the connection ends. */
  void openStream(HttpResponse response, Runnable gone) {
    onLoop(
        () -> {
          streamGone = gone;
          if (!context.channel().isActive()) {
            gone();
            return;
          }
          response.headers().set("transfer-encoding", "chunked");
          context.writeAndFlush(response);
          long pause = limits.keepAlive().toMillis();
          comments =
              context
                  .executor()
                  .scheduleWithFixedDelay(this::comment, pause, pause, TimeUnit.MILLISECONDS);
        });
  }

  static HttpResponse streamHead() {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set("content-type", "text/event-stream");
    response.headers().set("cache-control", "no-store");
    response.headers().set("x-accel-buffering", "no");
    response.headers().set("x-content-type-options", "nosniff");
    return response;
  }

  /** Writes one event of an open stream; the future tells when the reader took it. */
  ChannelFuture event(String type, String data) {
    ByteBuf bytes =
        Unpooled.copiedBuffer(
            "event: " + type + "\ndata: " + data + "\n\n", StandardCharsets.UTF_8);
    return context.writeAndFlush(new DefaultHttpContent(bytes));
  }

  /** Whether an event would wait behind others. */
  boolean congested() {
    return !context.channel().isWritable();
  }

  /** Ends an event stream. */
  void endStream() {
    onLoop(
        () -> {
          gone();
          if (context.channel().isActive() && !answered) {
            finish(LastHttpContent.EMPTY_LAST_CONTENT, closing());
          }
        });
  }

  /** Drops the connection. */
  void abort() {
    context.close();
  }

  /** Runs something on this connection's event loop, later. */
  ScheduledFuture<?> later(Runnable task, long millis) {
    return context.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** The connection ended. Event loop. */
  void gone() {
    stopComments();
    Runnable hook = streamGone;
    streamGone = null;
    if (hook != null) {
      hook.run();
    }
  }

  private void write(FullHttpResponse response, boolean close) {
    if (answered || !context.channel().isActive()) {
      response.release();
      return;
    }
    boolean last = close || closing();
    response.headers().set("content-length", response.content().readableBytes());
    if (last) {
      response.headers().set("connection", "close");
    }
    finish(response, last);
  }

  /** INVARIANT: the decoder is told before the bytes leave, or the next request would be stray. */
  private void finish(Object message, boolean last) {
    answered = true;
    deadline.set(limits.write());
    if (!last) {
      decoder.answered();
    }
    context
        .writeAndFlush(message)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                context.close();
              } else if (last) {
                linger();
              } else if (answered) {
                deadline.set(limits.idle());
              }
            });
  }

  private boolean closing() {
    return closeAsked || !bodyEnded || decoder.strayBytes();
  }

  /**
   * Closes so that the answer arrives: a close over unread bytes would reset the connection under the
   * reader's eyes.
   */
  private void linger() {
    lingering = true;
    boolean plain = context.pipeline().get(SslHandler.class) == null;
    if (bodyEnded && !decoder.strayBytes()) {
      context.close();
    } else if (plain && context.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
      later(context::close, LINGER_MILLIS);
    } else {
      later(context::close, LINGER_MILLIS);
    }
  }

  private void comment() {
    if (congested()) {
      context.close(); // a reader that did not take the last comments is gone
      return;
    }
    context.writeAndFlush(
        new DefaultHttpContent(Unpooled.copiedBuffer(COMMENT, StandardCharsets.US_ASCII)));
  }

  private void stopComments() {
    ScheduledFuture<?> timer = comments;
    comments = null;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void onLoop(Runnable task) {
    if (context.executor().inEventLoop()) {
      task.run();
    } else {
      context.executor().execute(task);
    }
  }
}
