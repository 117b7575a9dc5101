package dev.mcpguard.identity;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import org.jspecify.annotations.Nullable;

/** Outcome of verifying one token text for one resource. */
sealed interface TokenVerification {

  /**
   * The token is genuine and says what it must. Thread-safe: what the register says of it is worked
   * out once for each register.
   */
  final class Genuine implements TokenVerification {
    private final VerifiedToken token;
    private final TrustedIssuer issuer;
    private final KeySet keys;
    private volatile @Nullable Resolved resolved;
    private volatile @Nullable Presented presented;

    /** What one register says. */
    private record Resolved(AgentRegister register, CallerResolution caller) {}

    /** The caller by one register and one way to prove itself. */
    private record Presented(CallerResolution.Registered caller, Principal principal) {}

    /** A token that {@code issuer} signed with a key of {@code keys}. */
    Genuine(VerifiedToken token, TrustedIssuer issuer, KeySet keys) {
      this.token = token;
      this.issuer = issuer;
      this.keys = keys;
    }

    VerifiedToken token() {
      return token;
    }

    TrustedIssuer issuer() {
      return issuer;
    }

    /** Whether the issuer still stands by the keys: a rotated key takes its tokens along. */
    boolean stands() {
      return issuer.uses(keys);
    }

    /** Whom {@code register} takes the caller for. */
    CallerResolution resolve(AgentRegister register) {
      Resolved last = resolved;
      if (last == null || !last.register().revision().equals(register.revision())) {
        last = new Resolved(register, CallerResolution.of(token, register));
        resolved = last;
      }
      return last.caller();
    }

    /** The verified caller; the same object as long as the register and {@code how} stay. */
    @SuppressWarnings("ReferenceEquality") // a new register gives a new resolution
    Principal principal(CallerResolution.Registered caller, Digest digest, String how) {
      Presented last = presented;
      if (last != null
          && last.caller() == caller
          && last.principal().authenticatedBy().equals(how)
          && last.principal().tokenDigest().equals(digest)) {
        return last.principal();
      }
      Principal principal =
          new Principal(
              token.key(), caller.agent(), token.scopes(), token.claims(), caller.chain(),
              token.authorizationDetails(), digest, token.expires(), how, token.tenant());
      presented = new Presented(caller, principal);
      return principal;
    }
  }

  /**
   * The token is refused.
   *
   * @param forged by whose keys the signature was found wrong, which alone is worth remembering;
   *     null for every other cause
   */
  record Refused(ReasonCode reason, String cause, @Nullable Forgery forged)
      implements TokenVerification {}

  /** A signature found wrong by these keys. */
  record Forgery(TrustedIssuer issuer, KeySet keys) {}
}
