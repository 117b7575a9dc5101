package dev.mcpguard.policy;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.rego.CompileResult;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.Rego;
import dev.mcpguard.rego.syntax.RegoError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From policy files to the engine's compiled form. Immutable. */
public final class PolicyCompiler {
  private final boolean strict;
  private final boolean tests;
  private final @Nullable InputContract contract;

  private PolicyCompiler(boolean strict, boolean tests, @Nullable InputContract contract) {
    this.strict = strict;
    this.tests = tests;
    this.contract = contract;
  }

  /** As the guard loads its policy: tests left out, references held against the input contract. */
  public static PolicyCompiler guard() {
    return new PolicyCompiler(false, false, InputContract.shipped());
  }

  /** As a policy that decided before is loaded again: by the engine's rules alone. */
  static PolicyCompiler recorded() {
    return new PolicyCompiler(false, false, null);
  }

  /** With unused and shadowing names as errors, as {@code opa check --strict}. */
  public PolicyCompiler strict(boolean enabled) {
    return new PolicyCompiler(enabled, tests, contract);
  }

  /** With the tests. */
  public PolicyCompiler withTests() {
    return new PolicyCompiler(strict, true, contract);
  }

  /** With another input contract; null for none. */
  public PolicyCompiler withContract(@Nullable InputContract other) {
    return new PolicyCompiler(strict, tests, other);
  }

  /** Compiles. Problems in data files are findings, problems in policies carry an excerpt. */
  public CompiledPolicy compile(PolicyFiles files) throws ConfigException, RefusedPolicyException {
    Rego rego =
        Rego.create().strict(strict).data(Documents.toValue(PolicyData.of(files.data())));
    files.modules().forEach(rego::module);
    if (tests) {
      files.tests().forEach(rego::module);
    }
    return switch (rego.compile()) {
      case CompileResult.Compiled(CompiledPolicy policy) -> held(policy, files.tests());
      case CompileResult.Refused(List<RegoError> errors) -> throw refused(errors);
    };
  }

  private CompiledPolicy held(CompiledPolicy policy, Map<String, String> without)
      throws RefusedPolicyException {
    List<RegoError> errors =
        contract == null ? List.of() : contract.check(policy.modules(), without.keySet());
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
    return policy;
  }

  private static RefusedPolicyException refused(List<RegoError> errors) {
    return new RefusedPolicyException(errors.stream().map(PolicyProblem::of).toList());
  }
}
