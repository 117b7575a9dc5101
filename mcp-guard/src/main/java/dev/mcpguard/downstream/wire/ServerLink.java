package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;

/**
 * The way to one server, whatever its transport and era. Thread-safe and blocking; returns by the
 * request's deadline and never throws for what a server does.
 */
public interface ServerLink extends AutoCloseable {

  /** Sends a request at most once and waits for its answer. */
  CallOutcome send(ServerRequest request, ReplyChannel client);

  /** What the server says it can do; empty if it cannot be asked. */
  default JsonObject capabilities(Deadline deadline) {
    return JsonObject.of();
  }

  /** Whether arguments are repeated in headers, so that a definition must be fit for it. */
  boolean mirrorsArguments();

  @Override
  void close();
}
