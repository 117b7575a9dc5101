package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.identity.TrustedIssuer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The issuers of the configuration with where their keys are. */
final class PinnedIssuers {
  private PinnedIssuers() {}

  static List<TrustedIssuer> of(List<IssuerConfiguration> configured, InstantSource clock) {
    List<TrustedIssuer> issuers = new ArrayList<>();
    for (IssuerConfiguration issuer : configured) {
      issuers.add(
          switch (issuer.keys()) {
            case IssuerConfiguration.KeyFile(var file) ->
                TrustedIssuer.withKeyFile(issuer.settings(), file);
            case IssuerConfiguration.KeyUrl(var url) ->
                TrustedIssuer.withKeyUrl(issuer.settings(), url, clock);
          });
    }
    return issuers;
  }
}
