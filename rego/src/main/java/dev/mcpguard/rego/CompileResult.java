package dev.mcpguard.rego;

import dev.mcpguard.rego.syntax.RegoError;
import java.util.List;
import java.util.stream.Collectors;

/** What compiling gives: a policy, or the errors in the order of the sources. */
public sealed interface CompileResult {

  record Compiled(CompiledPolicy policy) implements CompileResult {}

  record Refused(List<RegoError> errors) implements CompileResult {
    public Refused {
      errors = List.copyOf(errors);
    }

    /** All errors with their source lines and carets. */
    public String render() {
      return errors.stream().map(RegoError::render).collect(Collectors.joining("\n"));
    }
  }

  /**
   * The policy, for callers that cannot go on without one.
   *
   * @throws IllegalArgumentException with the rendered errors if there is none
   */
  default CompiledPolicy orThrow() {
    return switch (this) {
      case Compiled compiled -> compiled.policy();
      case Refused refused -> throw new IllegalArgumentException(refused.render());
    };
  }
}
