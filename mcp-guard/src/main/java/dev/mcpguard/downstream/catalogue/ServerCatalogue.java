package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ServerManifest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live catalogue of one server. A fresh one is a volatile read; a stale one is fetched by one
 * caller while the others wait. Thread-safe.
 *
 * <p>INVARIANT: a catalogue older than the bound, or older than the last word of the server that its
 * list changed, is never served from.
 */
final class ServerCatalogue {
  /** One comparison of one listing with one manifest. */
  private record Seen(LiveCatalogue catalogue, List<JsonObject> listing, long at) {}

  private final Freshness freshness;
  private final Function<JsonObject, @Nullable ClassFinding> classifier;
  private final CatalogueChanges changes;
  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile @Nullable Seen seen;
  private volatile @Nullable String problem = "not listed yet";
  private volatile long changedAt;
  private volatile boolean changed;
  private volatile long failedAt;
  private volatile boolean failed;

  ServerCatalogue(
      Freshness freshness,
      Function<JsonObject, @Nullable ClassFinding> classifier,
      CatalogueChanges changes) {
    this.freshness = freshness;
    this.classifier = classifier;
    this.changes = changes;
  }

  /** The catalogue now, or null if there is none to serve from. */
  @Nullable LiveCatalogue current(ServerManifest manifest, ServerLink link, boolean askFirst) {
    long now = System.nanoTime();
    long notBefore = askFirst ? now : now - freshness.bound().toNanos();
    Seen fresh = since(notBefore, manifest);
    if (fresh == null) {
      fetch(manifest, link, notBefore);
      fresh = since(notBefore, manifest);
    } else if (now - fresh.at() > freshness.renewNanos()) {
      renew(manifest, link);
    }
    return fresh == null ? null : against(fresh, manifest);
  }

  private @Nullable Seen since(long notBefore, ServerManifest manifest) {
    Seen last = seen;
    if (last == null || last.at() - notBefore < 0 || !isOf(last, manifest)) {
      return null;
    }
    // a server that says so too often is believed once per pause
    boolean outdated =
        changed
            && changedAt - last.at() > 0
            && System.nanoTime() - last.at() > freshness.pause().toNanos();
    return outdated ? null : last;
  }

  /** What another connection listed says nothing about this server (threat E5). */
  private static boolean isOf(Seen last, ServerManifest manifest) {
    ServerManifest listed = last.catalogue().manifest();
    return listed == manifest || listed.connection().equals(manifest.connection());
  }

  private LiveCatalogue against(Seen last, ServerManifest manifest) {
    if (last.catalogue().manifest() == manifest) {
      return last.catalogue();
    }
    Seen compared = compare(manifest, last.listing(), last.at());
    seen = compared;
    return compared.catalogue();
  }

  private Seen compare(ServerManifest manifest, List<JsonObject> listing, long at) {
    LiveCatalogue catalogue = LiveCatalogue.of(manifest, listing, classifier);
    changes.compared(catalogue);
    return new Seen(catalogue, listing, at);
  }

  /** Fetches anew in the background, once at a time. */
  void renew(ServerManifest manifest, ServerLink link) {
    if (renewing.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("list-" + manifest.server().text())
          .start(
              () -> {
                try {
                  fetch(manifest, link, System.nanoTime());
                } finally {
                  renewing.set(false);
                }
              });
    }
  }

  private void fetch(ServerManifest manifest, ServerLink link, long notBefore) {
    Deadline deadline = Deadline.in(freshness.fetch());
    try {
      if (!fetching.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      boolean tired = failed && System.nanoTime() - failedAt < freshness.pause().toNanos();
      if (!tired && since(notBefore, manifest) == null) {
        ask(manifest, link, deadline);
      }
    } finally {
      fetching.unlock();
    }
  }

  private void ask(ServerManifest manifest, ServerLink link, Deadline deadline) {
    long asked = System.nanoTime();
    switch (ListingFetcher.fetch(link, deadline)) {
      case Listing.Complete complete -> {
        seen = compare(manifest, complete.tools(), asked);
        problem = null;
        failed = false;
      }
      case Listing.Incomplete incomplete -> {
        problem = incomplete.detail();
        failedAt = System.nanoTime();
        failed = true;
        changes.unreachable(incomplete.detail());
      }
    }
  }

  /** The server said that its list changed. */
  void outdated() {
    changedAt = System.nanoTime();
    changed = true;
  }

  /** Why there is no catalogue, or null if there is one. */
  @Nullable String problem() {
    return problem;
  }

  /** The last comparison, however old, or null. */
  @Nullable LiveCatalogue last() {
    Seen last = seen;
    return last == null ? null : last.catalogue();
  }
}
