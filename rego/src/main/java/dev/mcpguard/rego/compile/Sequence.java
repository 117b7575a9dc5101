package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.eval.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Steps in order, linked from the last to the first. */
final class Sequence {
  private final List<UnaryOperator<Step>> makers = new ArrayList<>();

  void add(UnaryOperator<Step> maker) {
    makers.add(maker);
  }

  Step link(Step last) {
    Step step = last;
    for (UnaryOperator<Step> maker : makers.reversed()) {
      step = maker.apply(step);
    }
    return step;
  }
}
