package dev.mcpguard.model;

import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the caller said it is doing: a ceiling, never a right. Immutable. Empty sets mean the intent
 * does not narrow that dimension.
 *
 * @param purpose a purpose registered for the agent
 * @param ceiling the class ceiling: the purpose's own unless the caller lowered it
 * @param task the caller's correlator, or null
 * @param tools tools covered, {@code server/tool} or {@code server/*}
 * @param resources URI prefixes covered
 * @param destinations destinations covered
 * @param sensitivity the highest sensitivity covered, or null
 * @param source where it came from
 */
public record Intent(
    String purpose,
    RiskClass ceiling,
    @Nullable String task,
    Set<String> tools,
    Set<String> resources,
    Set<String> destinations,
    @Nullable Sensitivity sensitivity,
    IntentSource source) {

  public Intent {
    tools = Set.copyOf(tools);
    resources = Set.copyOf(resources);
    destinations = Set.copyOf(destinations);
  }
}
