package dev.mcpguard.front.http;

import dev.mcpguard.front.legacy.Session.ServerStream;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An open event stream that no request runs behind: a session's, or a subscription's. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class EventStream implements ServerStream {
  private final Outlet outlet;

  EventStream(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * Opens the stream.
   *
   * @param registered makes others send to it; what they send waits for the first message
   * @param first the first message, or null
   * @param gone runs when the stream ended
   */
  synchronized void begin(Runnable registered, @Nullable JsonObject first, Runnable gone) {
    registered.run();
    outlet.openStream(Outlet.streamHead(), gone);
    if (first != null) {
      send(first);
    }
  }

  /** Opens the stream; its first event says where to post messages (2024-11-05). */
  synchronized void beginAt(String endpoint, Runnable registered, Runnable gone) {
    registered.run();
    outlet.openStream(Outlet.streamHead(), gone);
    outlet.event("endpoint", endpoint);
  }

  /** Sends a message; a reader that cannot keep up is dropped rather than waited for. */
  @Override
  public synchronized void send(JsonObject message) {
    if (outlet.congested()) {
      outlet.abort();
    } else {
      outlet.event("message", JsonText.text(message));
    }
  }

  @Override
  public void end() {
    outlet.endStream();
  }

  /** Runs {@code task} on the stream's event loop after this long. */
  void later(Runnable task, Duration delay) {
    outlet.later(task, Math.max(0, delay.toMillis()));
  }
}
