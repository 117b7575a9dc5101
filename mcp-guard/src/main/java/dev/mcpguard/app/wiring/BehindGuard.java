package dev.mcpguard.app.wiring;

import dev.mcpguard.registry.RegistrySnapshot;
import java.util.function.Supplier;

/** The servers behind the guard, without its own: what there is to connect to. Thread-safe. */
final class BehindGuard implements Supplier<RegistrySnapshot> {
  private record Seen(RegistrySnapshot whole, RegistrySnapshot behind) {
    static Seen of(RegistrySnapshot whole) {
      return new Seen(whole, whole.behind());
    }
  }

  private final Supplier<RegistrySnapshot> registry;
  private volatile Seen seen;

  BehindGuard(Supplier<RegistrySnapshot> registry) {
    this.registry = registry;
    this.seen = Seen.of(registry.get());
  }

  @Override
  public RegistrySnapshot get() {
    RegistrySnapshot whole = registry.get();
    Seen last = seen;
    if (last.whole() != whole) {
      last = Seen.of(whole);
      seen = last;
    }
    return last.behind();
  }
}
