package dev.mcpguard.model;

import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered workload ({@code agents.yaml}): what it is for, who answers for it and how far it may
 * ever go. Each factor only narrows. Immutable.
 *
 * @param id the name used in policy, records and commands
 * @param owner the named human who answers for it
 * @param purposes what it may declare, by name
 * @param defaultPurpose the purpose of a client that declares nothing; always of class read; null if
 *     none
 * @param ceiling the highest class it may ever call
 * @param sensitivity the highest sensitivity it may ever touch
 * @param version the deployed version of the workload, or null
 * @param reviewBy the day after which it is refused until reviewed
 * @param state whether it may act at all
 */
public record Agent(
    String id,
    String owner,
    Map<String, Purpose> purposes,
    @Nullable String defaultPurpose,
    RiskClass ceiling,
    Sensitivity sensitivity,
    @Nullable String version,
    LocalDate reviewBy,
    State state) {

  public Agent {
    purposes = Map.copyOf(purposes);
  }

  /** Whether the agent may act. */
  public enum State {
    ACTIVE,
    DISABLED
  }

  /**
   * What an agent may declare.
   *
   * @param ceiling the highest class under this purpose
   * @param tools the tools it covers ({@code server/tool} or {@code server/*}); empty means all
   */
  public record Purpose(RiskClass ceiling, Set<String> tools) {
    public Purpose {
      tools = Set.copyOf(tools);
    }
  }
}
