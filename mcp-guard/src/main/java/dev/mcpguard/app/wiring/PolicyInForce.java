package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.PolicyConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.bundle.BundleOrigin;
import dev.mcpguard.policy.bundle.BundleSettings;
import dev.mcpguard.policy.bundle.BundleStatus;
import dev.mcpguard.policy.bundle.PolicyFeed;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The policy that decides, from a folder or from a bundle, and how it is renewed. Thread-safe. */
final class PolicyInForce implements AutoCloseable {
  private final @Nullable PolicyFeed feed;
  private final Kept<CompiledPolicies> kept;

  /**
   * @param inForce is given every policy that comes into force
   */
  PolicyInForce(
      PolicyConfiguration configuration,
      CallLog log,
      InstantSource clock,
      Consumer<CompiledPolicies> inForce)
      throws ConfigException, AuditUnavailableException {
    BundleSettings bundle = configuration.bundle();
    PolicyFeed own =
        bundle == null
            ? null
            : new PolicyFeed(bundle, configuration.deadline(), clock, new SecureRandom());
    this.feed = own;
    this.kept =
        own == null || bundle == null
            ? new Kept<>(folder(configuration), log, inForce)
            : new Kept<>(
                bundle(own, bundle),
                log,
                policies -> {
                  inForce.accept(policies);
                  own.activated(policies);
                });
  }

  private static Kept.Source<CompiledPolicies> folder(PolicyConfiguration configuration) {
    return new Kept.Source<>(
        "policy",
        configuration.folder(),
        () -> CompiledPolicies.ofFolder(configuration.folder(), configuration.deadline()),
        policies -> policies.files().document());
  }

  private static Kept.Source<CompiledPolicies> bundle(PolicyFeed feed, BundleSettings settings) {
    Path watched = settings.origin() instanceof BundleOrigin.File file ? file.path() : null;
    return new Kept.Source<>(
        "policy",
        watched,
        new Kept.Reader<>() {
          private boolean begun;

          @Override
          public CompiledPolicies read() throws ConfigException {
            if (begun) {
              return feed.read();
            }
            begun = true;
            return feed.first();
          }
        },
        policies -> policies.files().document(),
        policies -> {
          String revision = policies.files().bundleRevision();
          return revision == null ? Map.of() : Map.of("bundle_revision", revision);
        });
  }

  Kept<CompiledPolicies> kept() {
    return kept;
  }

  /** How the bundle stands; null if a folder decides. */
  @Nullable BundleStatus bundle() {
    return feed == null ? null : feed.status();
  }

  /** Begins to poll, where the bundle comes from a URL. */
  void start() {
    if (feed == null) {
      return;
    }
    feed.start(
        new PolicyFeed.Receiver() {
          @Override
          public boolean offer(CompiledPolicies policies) {
            return kept.offer(policies);
          }

          @Override
          public void complain(String problem) {
            kept.complain(problem);
          }
        });
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
  }
}
