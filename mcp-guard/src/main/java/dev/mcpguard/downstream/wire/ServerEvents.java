package dev.mcpguard.downstream.wire;

/** What a server tells outside of any call. Called on any thread; must not block. */
public interface ServerEvents {

  /** A {@code notifications/<kind>/list_changed} arrived; {@code kind} is {@code tools} etc. */
  void listChanged(String kind);

  /** A {@code notifications/resources/updated} arrived for the resource of this URI. */
  default void resourceUpdated(String uri) {}

  /** Nobody listens. */
  ServerEvents NONE = kind -> {};
}
