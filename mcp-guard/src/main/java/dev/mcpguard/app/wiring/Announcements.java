package dev.mcpguard.app.wiring;

import org.jspecify.annotations.Nullable;

/**
 * Where news of servers goes: to the front, as soon as there is one. Thread-safe; told on any thread,
 * returns soon.
 */
final class Announcements {
  private volatile @Nullable Listener listener;

  /** A front that tells its clients. */
  interface Listener {
    /** A list ({@code tools}, {@code prompts}, ...) of a server changed. */
    void listChanged(String server, String kind);

    /** A resource of a server changed. */
    void resourceUpdated(String server, String uri);
  }

  void to(Listener front) {
    listener = front;
  }

  void listChanged(String server, String kind) {
    Listener front = listener;
    if (front != null) {
      front.listChanged(server, kind);
    }
  }

  void resourceUpdated(String server, String uri) {
    Listener front = listener;
    if (front != null) {
      front.resourceUpdated(server, uri);
    }
  }
}
