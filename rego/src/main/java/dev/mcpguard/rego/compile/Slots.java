package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.eval.FrameSize;
import java.util.HashMap;
import java.util.Map;

/** Gives the variables of one rule their places. */
final class Slots {
  private final Map<String, Integer> byName = new HashMap<>();
  private int slots;
  private int sinks;

  int of(String name) {
    return byName.computeIfAbsent(name, ignored -> slots++);
  }

  /** A place without a name. */
  int temporary() {
    return slots++;
  }

  int sink() {
    return sinks++;
  }

  FrameSize size() {
    return new FrameSize(slots, sinks);
  }
}
