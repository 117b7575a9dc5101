package dev.mcpguard.identity;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The registered workloads ({@code agents.yaml}). Immutable; a reload makes a new one.
 *
 * @param entries in file order
 * @param document the register as canonical JSON, kept as evidence by {@code revision}
 * @param revision digest of {@code document}
 */
public record AgentRegister(List<Entry> entries, JsonObject document, Digest revision) {

  public AgentRegister {
    entries = List.copyOf(entries);
  }

  /**
   * One agent and how its token is recognised: every named claim must be there with exactly that
   * text.
   */
  public record Entry(Agent agent, String issuer, Map<String, String> claims) {
    public Entry {
      claims = Map.copyOf(claims);
      if (claims.isEmpty()) {
        throw new IllegalArgumentException("an agent is recognised by at least one claim");
      }
    }

    private boolean matches(String tokenIssuer, JsonObject tokenClaims) {
      return issuer.equals(tokenIssuer)
          && claims.entrySet().stream()
              .allMatch(claim -> claim.getValue().equals(tokenClaims.string(claim.getKey())));
    }

    /** Whether every token that {@code other} matches is matched here too. */
    boolean shadows(Entry other) {
      return issuer.equals(other.issuer) && other.claims.entrySet().containsAll(claims.entrySet());
    }
  }

  /** The agents these verified claims name; exactly one is a match, several are ambiguous. */
  public List<Agent> find(String issuer, JsonObject claims) {
    List<Agent> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.matches(issuer, claims)) {
        found.add(entry.agent());
      }
    }
    return found;
  }
}
