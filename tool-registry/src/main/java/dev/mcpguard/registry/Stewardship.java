package dev.mcpguard.registry;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for a server and what for. Immutable.
 *
 * @param reviewBy when the manifest must have been looked at again
 */
public record Stewardship(
    String owner,
    String contact,
    String purpose,
    @Nullable LocalDate reviewBy,
    Map<String, String> labels) {
  public Stewardship {
    labels = Map.copyOf(labels);
  }
}
