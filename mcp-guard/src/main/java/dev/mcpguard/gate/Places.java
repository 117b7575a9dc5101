package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import org.jspecify.annotations.Nullable;

/** What one request holds of its caller's allowance. Confined to the thread of the request. */
final class Places {
  private final Allowances allowances;
  private final RequestFacts facts;
  private @Nullable PrincipalKey entered;
  private @Nullable PrincipalKey streaming;

  Places(Allowances allowances, RequestFacts facts) {
    this.allowances = allowances;
    this.facts = facts;
  }

  /** Takes a place for the request: {@code identified}, or a refusal in its stead. */
  Identification enter(Identification identified) {
    if (!(identified instanceof Identification.Identified(Principal caller))) {
      return identified;
    }
    Refusal refusal = allowances.enter(caller.key(), facts.bytes());
    if (refusal == null) {
      entered = caller.key();
    }
    return orRefused(identified, refusal);
  }

  /** Takes a place for the stream that is asked for. The one client of stdio shares its own. */
  Identification openStream(Identification identified) {
    boolean bounded = facts.front().equals("http");
    if (!bounded || !(identified instanceof Identification.Identified(Principal caller))) {
      return identified;
    }
    Refusal refusal = allowances.openStream(caller.key());
    if (refusal == null) {
      streaming = caller.key();
    }
    return orRefused(identified, refusal);
  }

  /** Gives back what the request held; the place of a stream only if none is to be opened. */
  void leave(@Nullable Answer answer) {
    if (entered != null) {
      allowances.leave(entered, facts.bytes());
    }
    if (streaming != null && !(answer instanceof Answer.Result)) {
      allowances.endStream(streaming);
    }
  }

  private static Identification orRefused(Identification identified, @Nullable Refusal refusal) {
    return refusal == null
        ? identified
        : new Identification.Unidentified(refusal, true, JsonObject.of());
  }
}
