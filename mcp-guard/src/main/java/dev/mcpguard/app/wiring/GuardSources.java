package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.app.registry.GuardRegistry;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.identity.TrustedIssuer;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.ManifestCache;
import dev.mcpguard.registry.RegistrySnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Where a guard's agents, registry and issuers come from. Stateless. */
final class GuardSources {
  private GuardSources() {}

  static Kept.Source<AgentRegister> agents(GuardConfiguration configuration) {
    return new Kept.Source<>(
        "agents",
        configuration.agents(),
        () -> AgentRegisterReader.read(configuration.agents()),
        register -> CanonicalJson.bytes(register.document()));
  }

  static Kept.Source<RegistrySnapshot> registry(GuardConfiguration configuration) {
    ManifestCache cache = new ManifestCache();
    return new Kept.Source<>(
        "registry",
        configuration.servers(),
        () -> GuardRegistry.load(configuration, cache),
        snapshot -> CanonicalJson.bytes(snapshot.evidence()));
  }

  static List<TrustedIssuer> issuers(GuardConfiguration configuration, InstantSource clock)
      throws ConfigException {
    List<TrustedIssuer> issuers = new ArrayList<>();
    for (IssuerConfiguration issuer : configuration.issuers()) {
      issuers.add(
          switch (issuer.keys()) {
            case IssuerConfiguration.KeyFile(var file) ->
                TrustedIssuer.withKeyFile(issuer.settings(), file);
            case IssuerConfiguration.KeyUrl(var url, var authorities) ->
                TrustedIssuer.withKeyUrl(
                    issuer.settings(), url, Authorities.trusting(authorities), clock);
          });
    }
    return issuers;
  }
}
