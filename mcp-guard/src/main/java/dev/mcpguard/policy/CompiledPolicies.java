package dev.mcpguard.policy;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.EntryPoint;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.eval.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One revision of the policy, compiled: immutable, shared by all threads. Decisions are a function of
 * the input alone: the clock of an evaluation is the input's {@code context.time} and random values
 * derive from it, so that a replay repeats them.
 */
public final class CompiledPolicies {
  private static final String VISIBLE = "data.mcpguard.authz.visible";

  private static final Logger LOG = LoggerFactory.getLogger(CompiledPolicies.class);

  private final PolicyFiles files;
  private final String revision;
  private final @Nullable String bundleRevision;
  private final CompiledPolicy policy;
  private final EntryPoint decision;
  private final EntryPoint visible;
  private final Limits limits;

  private CompiledPolicies(PolicyFiles files, CompiledPolicy policy, Duration deadline) {
    this.files = files;
    this.revision = files.revision().text();
    this.bundleRevision = files.bundleRevision();
    this.policy = policy;
    this.decision = policy.entryPoint(DecisionRule.PATH);
    this.visible = policy.entryPoint(VISIBLE);
    Limits standard = Limits.STANDARD;
    this.limits =
        new Limits(standard.steps(), standard.depth(), standard.elements(), deadline.toNanos());
  }

  /**
   * Compiles the files for deciding; every error is a finding with file and line. References that the
   * contract of the guard's input rules out are errors too.
   */
  public static CompiledPolicies compile(PolicyFiles files, Duration deadline)
      throws ConfigException {
    return compile(files, deadline, PolicyCompiler.guard());
  }

  /** Reads and compiles a folder that is to decide: what {@link #compile} refuses, and one without a decision. */
  public static CompiledPolicies ofFolder(Path folder, Duration deadline) throws ConfigException {
    CompiledPolicies policies = compile(PolicyFiles.read(folder), deadline);
    if (!DecisionRule.definedIn(policies.policy)) {
      throw new ConfigException(List.of(DecisionRule.missing(folder.toString())));
    }
    return policies;
  }

  /** Compiles files that decided before, for replay: later checks of ours do not undo a decision. */
  public static CompiledPolicies recorded(PolicyFiles files, Duration deadline)
      throws ConfigException {
    return compile(files, deadline, PolicyCompiler.recorded());
  }

  private static CompiledPolicies compile(
      PolicyFiles files, Duration deadline, PolicyCompiler compiler) throws ConfigException {
    try {
      return new CompiledPolicies(files, compiler.compile(files), deadline);
    } catch (RefusedPolicyException refused) {
      throw new ConfigException(
          refused.problems().stream().map(PolicyProblem::finding).toList());
    }
  }

  /** The files this was compiled from. */
  public PolicyFiles files() {
    return files;
  }

  /** Digest of the files. */
  public String revision() {
    return revision;
  }

  /**
   * What others call the same files: the revision of the bundle they came in, or of a folder its
   * digest, which is the revision of the bundle written from it. Null for a bundle without one.
   */
  public @Nullable String commonRevision() {
    return files.ofBundle() ? bundleRevision : revision;
  }

  /** The engine's own view, for tools that test and explain. */
  public CompiledPolicy policy() {
    return policy;
  }

  /** Decides by this revision. */
  public Decision decide(AuthorizationRequest request) {
    return switch (evaluate(decision, request)) {
      case Outcome.Defined(var value) -> DecisionReader.read(Documents.toJson(value), revision);
      case Outcome.Undefined undefined -> DecisionReader.read(null, revision);
      case Outcome.Failed failed -> unavailable(failed.toString());
      case Outcome.Rows rows -> unavailable("the policy gave rows");
      case Outcome.Refused refused -> unavailable("the policy refused the question");
      case null -> unavailable("the question cannot be put to the policy");
    };
  }

  /** Whether the caller may see the tool; anything but true is no. */
  public boolean visible(AuthorizationRequest request) {
    return evaluate(visible, request) instanceof Outcome.Defined(var value)
        && Documents.toJson(value) == JsonBoolean.TRUE;
  }

  private @Nullable Outcome evaluate(EntryPoint entryPoint, AuthorizationRequest request) {
    try {
      Moment moment = Moment.of(request.input());
      return entryPoint.evaluate(
          Evaluation.of(Documents.ofInput(request.input()), moment.now(), moment.seed())
              .withLimits(limits));
    } catch (RuntimeException | StackOverflowError fault) {
      // Whatever a policy or input does to the engine, it is no permit (threat B9).
      LOG.error("the policy engine failed on a question", fault);
      return null;
    }
  }

  private Decision unavailable(String detail) {
    return new Decision.Indeterminate(ReasonCode.POLICY_UNAVAILABLE, detail, revision);
  }
}
