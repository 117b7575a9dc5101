package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.PolicyConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleAtHand;
import dev.mcpguard.policy.bundle.BundleOrigin;
import dev.mcpguard.policy.bundle.BundleSettings;
import dev.mcpguard.policy.bundle.LoadedBundle;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The configured policy for verbs that decide nothing: read as a guard would read it. */
public final class PolicyAtHand {
  private final PolicyConfiguration configuration;
  private final @Nullable BundleAtHand bundle;

  private PolicyAtHand(PolicyConfiguration configuration) {
    this.configuration = configuration;
    this.bundle =
        configuration.bundle() == null
            ? null
            : new BundleAtHand(
                configuration.bundle(), configuration.deadline(), InstantSource.system());
  }

  /** Of this configuration. */
  public static PolicyAtHand of(PolicyConfiguration configuration) {
    return new PolicyAtHand(configuration);
  }

  /** The files: of the folder, of the bundle file, or of the bundle last downloaded. */
  public PolicyFiles files() throws ConfigException {
    return bundle == null ? PolicyFiles.read(configuration.folder()) : bundle.files();
  }

  /** What a guard would start with, in one line; everything it would refuse is refused. */
  String checked() throws ConfigException {
    BundleSettings settings = configuration.bundle();
    if (bundle == null || settings == null) {
      CompiledPolicies policies =
          CompiledPolicies.ofFolder(configuration.folder(), configuration.deadline());
      return policies.files().modules().size() + " modules, " + policies.revision();
    }
    if (settings.origin() instanceof BundleOrigin.Url && bundle.nothingKept()) {
      return "bundle at " + settings.origin().text() + ", not downloaded yet";
    }
    LoadedBundle loaded = bundle.load();
    String noted = bundle.noted();
    return "bundle " + loaded.text() + ", " + loaded.policies().files().modules().size()
        + " modules, " + loaded.policies().revision()
        + (noted.isEmpty() ? "" : "; the guard notes: " + noted);
  }

  /** Asks where the bundle comes from; what is wrong, or null; null too where nothing is asked. */
  @Nullable String probe() throws ConfigException, InterruptedException {
    return bundle == null ? null : bundle.probe();
  }

  /** Whether a bundle is asked for at a URL. */
  boolean asks() {
    BundleSettings settings = configuration.bundle();
    return settings != null && settings.origin() instanceof BundleOrigin.Url;
  }

  /** What the guard that runs, or ran last, notes of its bundle; empty if nothing. */
  String noted() {
    return bundle == null ? "" : bundle.noted();
  }
}
