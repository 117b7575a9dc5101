package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.registry.GuardRegistry;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.model.Agent;
import dev.mcpguard.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads everything a guard would start with and says what is wrong, all of it at once. */
public final class Checkup {
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> summary = new LinkedHashMap<>();

  /**
   * What a checkup found.
   *
   * @param findings everything that keeps the guard from starting
   * @param summary what was read, by part
   */
  public record Report(List<Finding> findings, Map<String, String> summary) {
    public Report {
      findings = List.copyOf(findings);
      summary = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(summary));
    }
  }

  private Checkup() {}

  /** Checks the parts a configuration names. */
  public static Report of(GuardConfiguration configuration) {
    Checkup checkup = new Checkup();
    checkup.summary.put("configuration", configuration.file().toString());
    if (configuration.authorities() != null) {
      checkup.part("authorities", () -> authorities(configuration.authorities()));
    }
    checkup.part("agents", () -> agents(configuration));
    checkup.part("registry", () -> registry(configuration));
    checkup.part("policy", () -> policy(configuration));
    return new Report(checkup.findings, checkup.summary);
  }

  /** Reads one part and describes it. */
  @FunctionalInterface
  private interface Part {
    String read() throws ConfigException;
  }

  private void part(String name, Part part) {
    try {
      summary.put(name, part.read());
    } catch (ConfigException broken) {
      findings.addAll(broken.findings());
      summary.put(name, "not usable");
    }
  }

  private static String authorities(@Nullable Path file) throws ConfigException {
    Authorities.trusting(file);
    return String.valueOf(file);
  }

  private static String agents(GuardConfiguration configuration) throws ConfigException {
    AgentRegister register = AgentRegisterReader.read(configuration.agents());
    long active =
        register.entries().stream()
            .filter(entry -> entry.agent().state() == Agent.State.ACTIVE)
            .count();
    return register.entries().size() + " agents, " + active + " active, " + register.revision();
  }

  private static String registry(GuardConfiguration configuration) throws ConfigException {
    RegistrySnapshot snapshot = GuardRegistry.load(configuration);
    int tools = snapshot.manifests().stream().mapToInt(manifest -> manifest.tools().size()).sum();
    return snapshot.manifests().size() + " servers, " + tools + " tools, " + snapshot.revision();
  }

  private static String policy(GuardConfiguration configuration) throws ConfigException {
    return PolicyAtHand.of(configuration.policy()).checked();
  }
}
