package dev.mcpguard.downstream.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of the process: all HTTP tool servers share them, and so does the front. Epoll
 * where it is, NIO elsewhere.
 *
 * @param loops the event loops; they never block
 * @param channelType the socket type that fits them
 * @param listenerType the listening socket that fits them
 */
public record HttpRuntime(
    EventLoopGroup loops,
    Class<? extends Channel> channelType,
    Class<? extends ServerChannel> listenerType)
    implements AutoCloseable {

  /** Opens {@code threads} event loops. */
  public static HttpRuntime open(int threads) {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new HttpRuntime(
        new MultiThreadIoEventLoopGroup(threads, io),
        epoll ? EpollSocketChannel.class : NioSocketChannel.class,
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  /** One event loop for every two processors: moving bytes takes less than judging them. */
  public static HttpRuntime open() {
    return open(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
