package dev.mcpguard.downstream.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Opens a socket and, if TLS is spoken, waits for its handshake, all on the loop. */
final class Handshake {
  private Handshake() {}

  static void connect(
      Bootstrap bootstrap,
      InetSocketAddress address,
      ConnectionPool pool,
      CompletableFuture<Connection> opened) {
    bootstrap
        .connect(address)
        .addListener(
            (ChannelFuture connected) -> {
              Channel channel = connected.channel();
              SslHandler tls = channel.pipeline().get(SslHandler.class);
              if (!connected.isSuccess()) {
                opened.completeExceptionally(connected.cause());
              } else if (tls == null) {
                ready(channel, pool, opened);
              } else {
                tls.handshakeFuture().addListener(done -> secured(done, channel, pool, opened));
              }
            });
  }

  private static void secured(
      Future<? super Channel> handshake,
      Channel channel,
      ConnectionPool pool,
      CompletableFuture<Connection> opened) {
    if (handshake.isSuccess()) {
      ready(channel, pool, opened);
    } else {
      channel.close();
      opened.completeExceptionally(handshake.cause());
    }
  }

  private static void ready(
      Channel channel, ConnectionPool pool, CompletableFuture<Connection> opened) {
    Connection connection = new Connection(channel, pool);
    channel.pipeline().addLast(connection);
    if (!opened.complete(connection)) {
      channel.close();
    }
  }
}
