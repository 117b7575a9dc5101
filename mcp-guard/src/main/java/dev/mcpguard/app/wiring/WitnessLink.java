package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.publish.witness.HttpWitness;
import dev.mcpguard.registry.SecretReference;

/** The configured witness, ready to be asked. */
public final class WitnessLink {
  private WitnessLink() {}

  /** Close it after use. Authorities that cannot be read are refused. */
  public static WitnessEndpoint of(WitnessConfiguration witness) throws ConfigException {
    SecretReference token = witness.token();
    return new HttpWitness(
        witness.url(),
        () -> token == null ? null : SecretValue.of(token),
        witness.timeout(),
        Authorities.trusting(witness.authorities()));
  }
}
