package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bundle may follow the one before. Where revisions must increase, each needs an order; one
 * that is lower than what was in force, or than the configured floor, is refused; the same revision may
 * come again only with the same content. Pure.
 */
final class RevisionRule {
  private RevisionRule() {}

  static void check(
      BundleSettings settings, BundleStore.@Nullable Active before, LoadedBundle next)
      throws ConfigException {
    switch (settings.revisions()) {
      case ANY -> {}
      case INCREASING -> increasing(settings, before, next);
    }
  }

  private static void increasing(
      BundleSettings settings, BundleStore.@Nullable Active before, LoadedBundle next)
      throws ConfigException {
    String revision = next.revision();
    String place = settings.origin().text();
    if (!RevisionOrder.ordered(revision)) {
      throw BundleLoader.refused(
          place, "its revision `" + revision + "` has no order; " + RevisionOrder.RULE);
    }
    floor(place, settings.oldestRevision(), revision);
    if (before == null) {
      return;
    }
    Integer order = RevisionOrder.compare(revision, before.revision());
    if (order == null) {
      throw BundleLoader.refused(
          place,
          "its revision `" + revision + "` cannot be compared with `" + before.revision()
              + "`, which was in force");
    }
    if (order < 0) {
      throw BundleLoader.refused(
          place,
          "its revision `" + revision + "` goes back behind `" + before.revision()
              + "`, which was in force");
    }
    if (order == 0 && !before.content().equals(next.policies().revision())) {
      throw BundleLoader.refused(
          place, "its revision `" + revision + "` was in force with another content");
    }
  }

  private static void floor(String place, @Nullable String oldest, String revision)
      throws ConfigException {
    if (oldest == null) {
      return;
    }
    Integer order = RevisionOrder.compare(revision, oldest);
    if (order == null || order < 0) {
      throw BundleLoader.refused(
          place, "its revision `" + revision + "` is older than `oldest-revision: " + oldest + "`");
    }
  }
}
