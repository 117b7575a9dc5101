package dev.mcpguard.front.http;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.FrontMetrics;
import dev.mcpguard.front.OutcomeCounts;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.legacy.InputRounds;
import dev.mcpguard.front.legacy.Sessions;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.model.Gate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP front: Streamable HTTP of every MCP revision from 2025-03-26 on, at {@code /mcp/{server}}
 * and {@code /mcp}, with OAuth metadata and pages for operators. It turns bytes into requests for the
 * gate and answers into bytes, and decides nothing. Thread-safe; started and stopped once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // repeated tasks end with their loop
public final class HttpFront implements AutoCloseable {
  private static final long GRACE_MILLIS = 5_000;

  private final FrontSettings settings;
  private final OutcomeCounts outcomes = new OutcomeCounts();
  private final Sessions sessions;
  private final Streams streams;
  private final HttpDesk desk;
  private final ConnectionCap connections;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable EventLoopGroup acceptor;
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel server;

  public HttpFront(FrontSettings settings, Gate gate, FrontWiring wiring) {
    this.settings = settings;
    HttpLimits limits = settings.limits();
    DecisionIds ids = new DecisionIds(wiring.clock(), wiring.random());
    sessions = new Sessions(settings.sessions(), wiring.clock(), wiring.random());
    streams = new Streams(wiring.clock());
    connections = new ConnectionCap(limits);
    HttpServices services =
        new HttpServices(
            gate,
            new InputRounds(gate, ids, wiring.clock()),
            new AnswerWriter(settings.denials()),
            new OwnAnswers(wiring.capabilities(), settings.version()),
            ids,
            new Responses(new Challenges(settings)),
            sessions,
            streams,
            wiring.schemas(),
            outcomes,
            wiring.clock(),
            JsonLimits.message().withBytes(limits.bodyBytes()),
            limits);
    desk =
        new HttpDesk(
            services,
            new HeadScreen(settings, wiring, ids),
            wiring.pages(),
            new Metadata(settings.resource()));
  }

  /**
   * Binds the port and serves.
   *
   * @return the port bound
   * @throws IOException if the port cannot be bound or the certificate cannot be used
   */
  public int start() throws IOException {
    TlsSettings tlsSettings = settings.tls();
    TlsContexts tls = tlsSettings == null ? null : new TlsContexts(tlsSettings);
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    EventLoopGroup accepting = new MultiThreadIoEventLoopGroup(1, io);
    EventLoopGroup working =
        new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), io);
    acceptor = accepting;
    loops = working;
    Class<? extends ServerSocketChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(accepting, working)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline(tls));
    Channel bound = bind(bootstrap);
    server = bound;
    working.scheduleWithFixedDelay(sessions::sweep, 60, 60, TimeUnit.SECONDS);
    if (tls != null) {
      accepting.scheduleWithFixedDelay(
          () -> Thread.ofVirtual().start(tls::refresh), 1, 1, TimeUnit.SECONDS);
    }
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  private Channel bind(ServerBootstrap bootstrap) throws IOException {
    try {
      return bootstrap.bind(settings.host(), settings.port()).syncUninterruptibly().channel();
    } catch (RuntimeException failed) {
      close();
      throw failed;
    } catch (Exception failed) { // netty throws checked exceptions it does not declare
      close();
      throw new IOException(
          "cannot listen on `" + settings.host() + ":" + settings.port() + "`", failed);
    }
  }

  /** Tells listening clients that a list ({@code tools}, {@code prompts}, ...) of a server changed. */
  public void announceListChanged(String server, String kind) {
    streams.listChanged(server, kind);
  }

  /** Tells the clients that watch it that a resource of a server changed. */
  public void announceResourceUpdated(String server, String uri) {
    streams.resourceUpdated(server, uri);
  }

  /** Counters of this front. */
  public FrontMetrics metrics() {
    return new FrontMetrics() {
      @Override
      public Map<String, Long> requestsByOutcome() {
        return outcomes.snapshot();
      }

      @Override
      public int openConnections() {
        return connections.open();
      }

      @Override
      public int requestsRunning() {
        return desk.running();
      }

      @Override
      public int sessions() {
        return sessions.count();
      }
    };
  }

  /** Takes no more connections, ends streams, waits a few seconds for requests, then ends. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    Channel bound = server;
    if (bound != null) {
      bound.close().syncUninterruptibly();
    }
    streams.close();
    desk.close(GRACE_MILLIS);
    sessions.close();
    flush();
    stop(acceptor);
    stop(loops);
  }

  /** A loop that stops closes its channels before its last tasks: what was said goes out first. */
  private void flush() {
    EventLoopGroup working = loops;
    if (working == null) {
      return;
    }
    for (EventExecutor loop : working) {
      if (!loop.isShuttingDown()) {
        loop.submit(() -> {}).syncUninterruptibly();
      }
    }
  }

  private static void stop(@Nullable EventLoopGroup group) {
    if (group != null) {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
    }
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    private final @Nullable TlsContexts tls;

    Pipeline(@Nullable TlsContexts tls) {
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (!connections.admit(channel)) {
        channel.close();
        return;
      }
      if (tls != null) {
        channel.pipeline().addLast(tls.current().newHandler(channel.alloc()));
      }
      StrictRequestDecoder decoder =
          new StrictRequestDecoder(settings.limits().headerBytes());
      channel
          .pipeline()
          .addLast(decoder, new HttpResponseEncoder(), new Connection(desk, decoder));
    }
  }
}
