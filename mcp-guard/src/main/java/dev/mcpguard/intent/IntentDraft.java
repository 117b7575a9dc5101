package dev.mcpguard.intent;

import dev.mcpguard.model.IntentSource;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one carrier says. A null member does not narrow; an empty set covers nothing.
 *
 * @param source how far the carrier can be believed
 */
record IntentDraft(
    @Nullable String purpose,
    @Nullable RiskClass ceiling,
    @Nullable String task,
    @Nullable Set<String> tools,
    @Nullable Set<String> resources,
    @Nullable Set<String> destinations,
    @Nullable Sensitivity sensitivity,
    IntentSource source) {

  /** Whether the two name different purposes or tasks, which no intersection can mend. */
  boolean conflictsWith(IntentDraft other) {
    return differ(purpose, other.purpose) || differ(task, other.task);
  }

  /**
   * What both allow. The weaker source is kept: a stronger carrier does not vouch for what a weaker
   * one said.
   */
  IntentDraft intersect(IntentDraft other) {
    return new IntentDraft(
        purpose != null ? purpose : other.purpose,
        narrower(ceiling, other.ceiling),
        task != null ? task : other.task,
        common(tools, other.tools, ToolPattern::narrower),
        common(resources, other.resources, ResourcePrefix::narrower),
        common(destinations, other.destinations, (a, b) -> a.equals(b) ? a : null),
        narrower(sensitivity, other.sensitivity),
        source.compareTo(other.source) <= 0 ? source : other.source);
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }

  private static <T extends Comparable<T>> @Nullable T narrower(
      @Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static @Nullable Set<String> common(
      @Nullable Set<String> one, @Nullable Set<String> other, Narrower narrower) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    Set<String> common = new LinkedHashSet<>();
    for (String a : one) {
      for (String b : other) {
        String both = narrower.of(a, b);
        if (both != null) {
          common.add(both);
        }
      }
    }
    return common;
  }

  /** The part two patterns share, or null if none. */
  @FunctionalInterface
  private interface Narrower {
    @Nullable String of(String one, String other);
  }
}
