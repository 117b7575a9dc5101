package dev.mcpguard.app.wiring;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where news of servers goes: to the front, as soon as there is one. Thread-safe; told on any thread,
 * returns soon.
 */
final class Announcements {
  /** A front that tells its clients. */
  private record Front(BiConsumer<String, String> lists, BiConsumer<String, String> resources) {}

  private volatile @Nullable Front front;

  /**
   * From now on tells this front.
   *
   * @param lists takes a server and the kind of its list ({@code tools}, ...) that changed
   * @param resources takes a server and the URI of its resource that changed
   */
  void to(BiConsumer<String, String> lists, BiConsumer<String, String> resources) {
    front = new Front(lists, resources);
  }

  void listChanged(String server, String kind) {
    Front told = front;
    if (told != null) {
      told.lists().accept(server, kind);
    }
  }

  void resourceUpdated(String server, String uri) {
    Front told = front;
    if (told != null) {
      told.resources().accept(server, uri);
    }
  }
}
