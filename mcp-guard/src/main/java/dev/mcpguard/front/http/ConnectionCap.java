package dev.mcpguard.front.http;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, in all and by address, and refuses those over the limits. Thread-safe. */
final class ConnectionCap {
  private final HttpLimits limits;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

  ConnectionCap(HttpLimits limits) {
    this.limits = limits;
  }

  /** Takes a new connection in, or answers false: then it is to be closed. */
  boolean admit(Channel channel) {
    String address = Peers.address(channel);
    boolean within = open.incrementAndGet() <= limits.connections();
    within &= byAddress.merge(address, 1, Integer::sum) <= limits.perAddress();
    channel
        .closeFuture()
        .addListener(
            _ -> {
              open.decrementAndGet();
              byAddress.computeIfPresent(address, (_, n) -> n == 1 ? null : n - 1);
            });
    return within;
  }

  int open() {
    return open.get();
  }
}
