package dev.mcpguard.app.verbs;

import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the verbs need of the running guard. Every member is thread-safe.
 *
 * @param folder the folder of manifests
 * @param registry what is in force
 * @param live lists a registered server's tools anew; null if it cannot be listed
 * @param log the guard's call log
 * @param reload puts changed manifests in force now and not at the next tick
 * @param agents the agent register in force
 * @param policy the policy in force
 */
public record VerbParts(
    Path folder,
    Supplier<RegistrySnapshot> registry,
    Function<String, @Nullable LiveCatalogue> live,
    CallLog log,
    InstantSource clock,
    Runnable reload,
    Supplier<AgentRegister> agents,
    Supplier<CompiledPolicies> policy) {

  DefinitionStore definitions() {
    return DefinitionStore.beside(folder);
  }
}
