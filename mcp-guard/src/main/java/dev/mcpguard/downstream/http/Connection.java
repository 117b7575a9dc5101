package dev.mcpguard.downstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server, one exchange at a time. All state belongs to the event loop. Whatever
 * arrives while no exchange is open closes the connection: it answers nothing (threat C16).
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  private static final int MOST_INTERIM = 8;

  private final Channel channel;
  private final ConnectionPool pool;
  private @Nullable Exchange exchange;
  private @Nullable HttpHead head;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private int received;
  private int interim;
  private boolean skipping;
  private boolean reusable;

  Connection(Channel channel, ConnectionPool pool) {
    this.channel = channel;
    this.pool = pool;
  }

  /** Sends {@code request} for {@code opened}, or tells it that nothing was sent. Any thread. */
  void send(FullHttpRequest request, Exchange opened) {
    try {
      channel.eventLoop().execute(() -> sendOnLoop(request, opened));
    } catch (RejectedExecutionException closing) {
      ReferenceCountUtil.release(request);
      opened.accept(new Inbound.NotSent());
    }
  }

  private void sendOnLoop(FullHttpRequest request, Exchange opened) {
    // INVARIANT: checked and marked on the loop, so a connection that closed before is never used
    if (!channel.isActive() || exchange != null) {
      ReferenceCountUtil.release(request);
      opened.accept(new Inbound.NotSent());
      return;
    }
    exchange = opened;
    head = null;
    received = 0;
    interim = 0;
    opened.started(this);
    channel
        .writeAndFlush(request)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                fail(false, "the request could not be written");
              }
            });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (exchange == null) {
      channel.close();
      return;
    }
    if (message instanceof HttpResponse response) {
      begin(response);
    }
    if (exchange != null && message instanceof HttpContent content) {
      content(content);
    }
  }

  private void begin(HttpResponse response) {
    String flaw = HttpHead.flaw(response);
    int status = response.status().code();
    skipping = flaw == null && status < 200 && status != 101;
    if (skipping) {
      flaw = ++interim > MOST_INTERIM ? "too many interim answers" : null;
    } else if (flaw == null && head != null) {
      flaw = "a second answer";
    }
    if (flaw != null) {
      fail(true, flaw);
    } else if (!skipping) {
      open(response);
    }
  }

  private void open(HttpResponse response) {
    HttpHead seen = HttpHead.of(response);
    head = seen;
    reusable = HttpUtil.isKeepAlive(response);
    pool.heard(response.headers().get("Keep-Alive"));
    Exchange open = exchange;
    if (seen.streams() && open != null) {
      open.accept(new Inbound.Opened(seen));
    } else if (open != null) {
      long length = HttpUtil.getContentLength(response, -1L);
      if (length > open.answerBytes()) {
        fail(true, "the answer is longer than " + open.answerBytes() + " bytes");
      }
      body = new ByteArrayOutputStream(length > 0 && length < 65_536 ? (int) length : 512);
    }
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (content.decoderResult().isFailure()) {
      fail(true, "the body of the answer is not http");
    } else if (skipping) {
      skipping = !last;
    } else if (head != null && take(content.content(), head) && last) {
      finish(head);
    }
  }

  private boolean take(ByteBuf bytes, HttpHead of) {
    Exchange open = exchange;
    int length = bytes.readableBytes();
    if (open == null) {
      return false;
    }
    received = (int) Math.min(Integer.MAX_VALUE, (long) received + length);
    int most = of.streams() ? open.streamBytes() : open.answerBytes();
    if (received > most) {
      fail(true, "the answer is longer than " + most + " bytes");
      return false;
    }
    if (length > 0) {
      byte[] copy = ByteBufUtil.getBytes(bytes);
      if (!of.streams()) {
        body.write(copy, 0, copy.length);
      } else if (!open.accept(copy)) {
        channel.config().setAutoRead(false);
      }
    }
    return true;
  }

  private void finish(HttpHead of) {
    Exchange done = exchange;
    byte[] whole = of.streams() ? new byte[0] : body.toByteArray();
    exchange = null;
    body = new ByteArrayOutputStream(0);
    channel.config().setAutoRead(true);
    // before the answer is told, so that the next call of the same thread finds the connection
    if (reusable) {
      pool.idle(this);
    } else {
      channel.close();
    }
    if (done != null) {
      done.accept(of.streams() ? new Inbound.Ended() : new Inbound.Whole(of, whole));
    }
  }

  private void fail(boolean broken, String detail) {
    Exchange failed = exchange;
    exchange = null;
    if (failed != null) {
      failed.accept(new Inbound.Broken(broken, detail));
    }
    channel.close();
  }

  /** Reads on after the reader of a stream caught up. Any thread. */
  void resume() {
    if (!channel.config().isAutoRead()) {
      channel.eventLoop().execute(() -> channel.config().setAutoRead(true));
    }
  }

  /** The call is over; an answer that is not complete by now is cut off. Any thread. */
  void leave(Exchange left) {
    if (channel.isActive() && !channel.eventLoop().isShuttingDown()) {
      channel.eventLoop().execute(() -> leaveOnLoop(left));
    }
  }

  private void leaveOnLoop(Exchange left) {
    if (exchange == left) {
      exchange = null;
      channel.close();
    }
  }

  /** Closes the connection. Any thread. */
  void close() {
    channel.close();
  }

  boolean active() {
    return channel.isActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(false, "the server closed the connection before its answer was complete");
    pool.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(false, "the connection failed: " + cause.getClass().getSimpleName());
  }
}
