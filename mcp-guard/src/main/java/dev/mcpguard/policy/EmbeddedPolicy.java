package dev.mcpguard.policy;

import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.PolicyDecisionPoint;
import java.util.concurrent.atomic.AtomicReference;

/**
 * PDP in this process: the Rego engine over the policy folder. A new revision replaces the old one
 * between two decisions; a broken one is refused and the last good one stays in force. Thread-safe,
 * without locks.
 */
public final class EmbeddedPolicy implements PolicyDecisionPoint {
  private final AtomicReference<CompiledPolicies> current;

  public EmbeddedPolicy(CompiledPolicies first) {
    current = new AtomicReference<>(first);
  }

  /** Puts another revision in force. */
  public void replace(CompiledPolicies next) {
    current.set(next);
  }

  /** The revision in force. */
  public CompiledPolicies current() {
    return current.get();
  }

  @Override
  public Decision decide(AuthorizationRequest request) {
    return current.get().decide(request);
  }

  @Override
  public boolean visible(AuthorizationRequest request) {
    return current.get().visible(request);
  }

  @Override
  public String revision() {
    return current.get().revision();
  }
}
