package dev.mcpguard.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy cannot be loaded; the message is every problem with its source line and a caret. */
public final class RefusedPolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  RefusedPolicyException(List<PolicyProblem> problems) {
    super(problems.stream().map(PolicyProblem::render).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything found wrong, at least one, in the order of the sources. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
