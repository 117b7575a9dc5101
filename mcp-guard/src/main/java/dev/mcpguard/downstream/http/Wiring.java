package dev.mcpguard.downstream.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a socket to one server is set up: TLS if it is spoken, then Netty's own codec with hard
 * limits.
 */
record Wiring(HttpEndpoint endpoint, HttpLimits limits, @Nullable SslContext tls) {
  private static final int LONGEST_STATUS_LINE = 1024;
  private static final int LONGEST_CHUNK = 64 << 10;

  Bootstrap bootstrap(HttpRuntime runtime) {
    return new Bootstrap()
        .group(runtime.loops())
        .channel(runtime.channelType())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.connect().toMillis())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                build(channel);
              }
            });
  }

  private void build(Channel channel) {
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
      handler.setHandshakeTimeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS);
      channel.pipeline().addLast(handler);
    }
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_STATUS_LINE)
            .setMaxHeaderSize(limits.headerBytes())
            .setMaxChunkSize(LONGEST_CHUNK)
            .setValidateHeaders(true);
    channel.pipeline().addLast(new HttpClientCodec(decoder, false, false));
  }
}
