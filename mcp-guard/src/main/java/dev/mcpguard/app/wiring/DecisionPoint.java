package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.PolicyConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.PolicyDecisionPoint;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.EmbeddedPolicy;
import dev.mcpguard.policy.opa.HeldPolicy;
import dev.mcpguard.policy.opa.OpaPolicy;
import dev.mcpguard.policy.opa.OpaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The configured decision point. The local policy files are always compiled, with a remote OPA too:
 * they are the evidence a replay decides from, and a policy that does not load must not start.
 */
final class DecisionPoint implements PolicyDecisionPoint, AutoCloseable {
  private final AtomicReference<@Nullable EmbeddedPolicy> embedded = new AtomicReference<>();
  private final @Nullable OpaPolicy remote;

  DecisionPoint(PolicyConfiguration configuration) throws ConfigException {
    PolicyConfiguration.Remote opa = configuration.opa();
    remote =
        opa == null
            ? null
            : new OpaPolicy(
                new OpaSettings(
                    opa.url(), configuration.deadline(), () -> token(opa.tokenFile()),
                    Authorities.trusting(opa.authorities())),
                this::held);
  }

  /** Puts a revision of the local files in force. */
  void use(CompiledPolicies policies) {
    EmbeddedPolicy point = embedded.get();
    if (point == null) {
      embedded.set(new EmbeddedPolicy(policies));
    } else {
      point.replace(policies);
    }
  }

  /** Makes the first question of a caller as quick as the next; at most a few deadlines long. */
  void warm() {
    if (remote != null) {
      remote.warm();
    }
  }

  private HeldPolicy held() {
    CompiledPolicies policies = local().current();
    return new HeldPolicy(policies.revision(), policies.commonRevision());
  }

  private EmbeddedPolicy local() {
    EmbeddedPolicy point = embedded.get();
    if (point == null) {
      throw new IllegalStateException("no policy is in force yet");
    }
    return point;
  }

  private PolicyDecisionPoint deciding() {
    return remote == null ? local() : remote;
  }

  @Override
  public Decision decide(AuthorizationRequest request) {
    return deciding().decide(request);
  }

  @Override
  public boolean visible(AuthorizationRequest request) {
    return deciding().visible(request);
  }

  @Override
  public String revision() {
    return local().revision();
  }

  private static String token(@Nullable Path file) {
    try {
      return file == null ? "" : Files.readString(file).strip();
    } catch (IOException unreadable) {
      // Without its token OPA refuses the question, which denies.
      return "";
    }
  }

  @Override
  public void close() {
    if (remote != null) {
      remote.close();
    }
  }
}
