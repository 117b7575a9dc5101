package dev.mcpguard.front.http;

import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.FrontMetrics;
import dev.mcpguard.front.OutcomeCounts;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.TaskWatch;
import dev.mcpguard.front.legacy.InputRounds;
import dev.mcpguard.front.legacy.Sessions;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.ProtocolVersion;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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
  private final HttpRuntime runtime;
  private final OutcomeCounts outcomes = new OutcomeCounts();
  private final Sessions sessions;
  private final Streams streams;
  private final HttpDesk desk;
  private final ConnectionCap connections;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable ScheduledFuture<?> sweeping;
  private @Nullable ScheduledFuture<?> refreshing;
  private @Nullable Channel server;

  /**
   * @param runtime the event loops; not closed here, others may use them
   */
  public HttpFront(FrontSettings settings, Gate gate, FrontWiring wiring, HttpRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    HttpLimits limits = settings.limits();
    DecisionIds ids = new DecisionIds(wiring.clock(), wiring.random());
    sessions = new Sessions(settings.sessions(), wiring.clock(), wiring.random());
    streams = new Streams(wiring.clock(), wiring.places(), new TaskWatch(gate, ids));
    connections = new ConnectionCap(limits);
    HttpServices services =
        new HttpServices(
            gate,
            new InputRounds(gate, ids, wiring.clock(), wiring.places()),
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
    EventLoopGroup loops = runtime.loops();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(runtime.listenerType())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline(tls));
    Channel bound = bind(bootstrap);
    server = bound;
    sweeping = loops.scheduleWithFixedDelay(sessions::sweep, 60, 60, TimeUnit.SECONDS);
    if (tls != null) {
      refreshing = loops.scheduleWithFixedDelay(
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

  /** From now on {@code ended} is told the revision and the length of every legacy session. */
  public void watchSessions(BiConsumer<ProtocolVersion, Duration> ended) {
    sessions.watch(ended);
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

      @Override
      public int streams() {
        return streams.count();
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
    cancel(sweeping);
    cancel(refreshing);
    flush();
    accepted.close().awaitUninterruptibly(2_000);
  }

  /** What was said goes out before the channels are closed. */
  private void flush() {
    for (EventExecutor loop : runtime.loops()) {
      if (!loop.isShuttingDown()) {
        loop.submit(() -> {}).syncUninterruptibly();
      }
    }
  }

  private static void cancel(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
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
      accepted.add(channel);
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
