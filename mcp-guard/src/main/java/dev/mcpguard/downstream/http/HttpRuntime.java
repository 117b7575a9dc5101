package dev.mcpguard.downstream.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that all HTTP tool servers share. The constructor takes loops that exist already
 * (those of the front, epoll where it is); {@link #open} makes portable ones.
 *
 * @param loops the event loops; they never block
 * @param channelType the socket type that fits them
 */
public record HttpRuntime(EventLoopGroup loops, Class<? extends Channel> channelType)
    implements AutoCloseable {

  /** Opens {@code threads} event loops of their own, by NIO. */
  public static HttpRuntime open(int threads) {
    return new HttpRuntime(
        new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory()),
        NioSocketChannel.class);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
