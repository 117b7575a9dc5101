package dev.mcpguard.policy;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.rego.CompileResult;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.EntryPoint;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.Rego;
import dev.mcpguard.rego.eval.Limits;
import dev.mcpguard.rego.syntax.RegoError;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
  private static final String DECISION = "data.mcpguard.authz.decision";
  private static final String VISIBLE = "data.mcpguard.authz.visible";

  private static final Logger LOG = LoggerFactory.getLogger(CompiledPolicies.class);

  private final PolicyFiles files;
  private final String revision;
  private final CompiledPolicy policy;
  private final EntryPoint decision;
  private final EntryPoint visible;
  private final Limits limits;

  private CompiledPolicies(PolicyFiles files, CompiledPolicy policy, Duration deadline) {
    this.files = files;
    this.revision = files.revision().text();
    this.policy = policy;
    this.decision = policy.entryPoint(DECISION);
    this.visible = policy.entryPoint(VISIBLE);
    Limits standard = Limits.STANDARD;
    this.limits =
        new Limits(standard.steps(), standard.depth(), standard.elements(), deadline.toNanos());
  }

  /** Compiles the files; every error is a finding with file and line. */
  public static CompiledPolicies compile(PolicyFiles files, Duration deadline)
      throws ConfigException {
    JsonObject data = PolicyData.of(files.data());
    Rego rego = Rego.create().data(Documents.toValue(data));
    files.modules().forEach(rego::module);
    return switch (rego.compile()) {
      case CompileResult.Compiled(CompiledPolicy policy) ->
          new CompiledPolicies(files, policy, deadline);
      case CompileResult.Refused(List<RegoError> errors) ->
          throw new ConfigException(errors.stream().map(CompiledPolicies::finding).toList());
    };
  }

  private static Finding finding(RegoError error) {
    return new Finding(
        error.location().source().name(),
        error.location().line(),
        "",
        error.message(),
        "correct the policy");
  }

  /** The files this was compiled from. */
  public PolicyFiles files() {
    return files;
  }

  /** Digest of the files. */
  public String revision() {
    return revision;
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
      Instant now = time(request.input());
      long seed = now.getEpochSecond() * 1_000_000_000L + now.getNano();
      return entryPoint.evaluate(
          Evaluation.of(Documents.toValue(request.input()), now, seed).withLimits(limits));
    } catch (RuntimeException | StackOverflowError fault) {
      // Whatever a policy or input does to the engine, it is no permit (threat B9).
      LOG.error("the policy engine failed on a question", fault);
      return null;
    }
  }

  private static Instant time(JsonObject input) {
    JsonObject context = input.object("context");
    String time = context == null ? null : context.string("time");
    try {
      return time == null ? Instant.EPOCH : Instant.parse(time);
    } catch (DateTimeParseException odd) {
      return Instant.EPOCH;
    }
  }

  private Decision unavailable(String detail) {
    return new Decision.Indeterminate(ReasonCode.POLICY_UNAVAILABLE, detail, revision);
  }
}
