package dev.mcpguard.model;

/**
 * PDP. Asked about every single call; thread-safe; bounded in time; never throws for a policy's
 * fault: an erring, undefined or late policy is {@link Decision.Indeterminate}.
 */
public interface PolicyDecisionPoint {

  /** Asks {@code data.mcpguard.authz.decision}. */
  Decision decide(AuthorizationRequest request);

  /**
   * Asks {@code data.mcpguard.authz.visible}: may this caller see this tool in a list. Anything but
   * true is false.
   */
  boolean visible(AuthorizationRequest request);

  /** The revision that would decide now. */
  String revision();
}
