package dev.mcpguard.rego.compile;

import java.util.HashSet;
import java.util.Set;

/** Where code is being made: the steps so far and the variables bound after them. */
record Scope(Sequence steps, Set<String> bound) {

  Scope closure() {
    return new Scope(new Sequence(), new HashSet<>(bound));
  }

  /** A scope that adds steps elsewhere but binds the same variables. */
  Scope into(Sequence other) {
    return new Scope(other, bound);
  }
}
