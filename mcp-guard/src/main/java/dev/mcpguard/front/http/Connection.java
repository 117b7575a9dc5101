package dev.mcpguard.front.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads one request at a time and hands it on. Event loop only. What is refused by
 * its head is answered before its body is read; the rest of the body is then thrown away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing is not waited for
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final HttpDesk desk;
  private final StrictRequestDecoder decoder;
  private @Nullable Outlet outlet;
  private @Nullable Deadline deadline;
  private Peer peer = new Peer("", null);
  private @Nullable RequestHead head;
  private Paths.Target.@Nullable Page page;
  private @Nullable Body body;
  private @Nullable HttpReply running;

  Connection(HttpDesk desk, StrictRequestDecoder decoder) {
    this.desk = desk;
    this.decoder = decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Deadline due = new Deadline(context);
    due.set(desk.limits().head());
    deadline = due;
    outlet = new Outlet(context, decoder, due, desk.limits());
    peer = new Peer(Peers.address(context.channel()), null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event == StrictRequestDecoder.Event.FIRST_BYTE) {
      due().set(desk.limits().head());
    } else if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
      peer = new Peer(peer.address(), Peers.thumbprint(context.pipeline()));
    }
    super.userEventTriggered(context, event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (!part.decoderResult().isSuccess()) {
      broken(part);
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(request);
    }
    if (part instanceof HttpContent content) {
      content(content);
    }
  }

  private void broken(HttpObject part) {
    head = null;
    page = null;
    body = null;
    boolean tooLong = part.decoderResult().cause() instanceof TooLongFrameException;
    int status = tooLong ? 431 : 400;
    if (running == null && out().beginBroken()) {
      desk.outcomes().count("http-" + status);
      status(status, "");
    }
  }

  private void begin(HttpRequest request) {
    running = null;
    out().begin(!HttpUtil.isKeepAlive(request));
    due().set(desk.limits().body());
    switch (desk.screen().judge(request, peer)) {
      case HeadScreen.Verdict.Status status -> {
        desk.outcomes().count(status.outcome());
        status(status.status(), status.allow());
      }
      case HeadScreen.Verdict.Show show -> page = show.page();
      case HeadScreen.Verdict.Endpoint endpoint -> endpoint(request, endpoint.head());
    }
  }

  private void endpoint(HttpRequest request, RequestHead known) {
    if (known.flaw() != null) {
      dispatch(known, new byte[0]);
      return;
    }
    String expect = request.headers().get("expect");
    if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
      desk.outcomes().count("http-417");
      status(417, "");
      return;
    }
    if (expect != null) {
      out().proceed();
    }
    head = known;
    long declared = HttpUtil.getContentLength(request, 0L);
    int limit = known.verb().equals("POST") ? desk.limits().bodyBytes() : 0;
    body = new Body((int) Math.min(declared, limit), limit);
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    RequestHead known = head;
    Body collected = body;
    if (known != null && collected != null) {
      if (!collected.add(content.content())) {
        head = null;
        body = null;
        dispatch(known.withFlaw(new RequestHead.Flaw(desk.screen().tooLarge(), 0)), new byte[0]);
      } else if (last) {
        head = null;
        body = null;
        out().bodyEnded();
        dispatch(known, collected.bytes());
      }
    } else if (page != null && content.content().isReadable()) {
      page = null;
      status(400, "");
    } else if (page != null && last) {
      out().bodyEnded();
      show(page);
      page = null;
    }
    if (last) {
      out().bodyEnded();
    }
  }

  private void dispatch(RequestHead known, byte[] bytes) {
    due().clear();
    HttpReply reply = new HttpReply(out(), desk.limits(), known.stream());
    running = reply;
    desk.run(known.withArrival(known.arrival().withBytes(bytes.length)), bytes, reply);
  }

  private void show(Paths.Target.Page wanted) {
    due().clear();
    Outlet to = out();
    desk.show(wanted, to);
  }

  private void status(int status, String allow) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    if (!allow.isEmpty()) {
      response.headers().set("allow", allow);
    }
    out().send(response, true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    HttpReply reply = running;
    running = null;
    if (reply != null) {
      reply.left();
    }
    out().gone();
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("a connection broke: {}", cause.getMessage());
    } else {
      LOG.warn("a connection is closed after a failure: {}", cause.toString());
    }
    context.close();
  }

  private Outlet out() {
    return Objects.requireNonNull(outlet);
  }

  private Deadline due() {
    return Objects.requireNonNull(deadline);
  }
}
