package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleFetch.Fetched;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The configured bundle for tools that run beside a guard or without one: they change nothing of what
 * is kept. Thread-safe.
 */
public final class BundleAtHand {
  private final BundleSettings settings;
  private final BundleLoader loader;
  private final BundleStore store;

  public BundleAtHand(BundleSettings settings, Duration deadline, InstantSource clock) {
    this.settings = settings;
    this.loader = new BundleLoader(settings, deadline, clock);
    this.store = new BundleStore(settings.folder());
  }

  /** The files: of the bundle file, or of what was last downloaded and put in force. */
  public PolicyFiles files() throws ConfigException {
    return loader.files(archive());
  }

  /** All of what a guard would ask of it when it starts. */
  public LoadedBundle load() throws ConfigException {
    LoadedBundle bundle = loader.load(archive());
    BundleStore.Active active;
    try {
      active =
          settings.revisions() == BundleSettings.Revisions.INCREASING ? store.active() : null;
    } catch (IOException damaged) {
      throw refused(damaged);
    }
    RevisionRule.check(settings, active, bundle);
    return bundle;
  }

  /** Whether nothing was ever downloaded and put in force here. */
  public boolean nothingKept() throws ConfigException {
    try {
      return store.active() == null;
    } catch (IOException damaged) {
      throw refused(damaged);
    }
  }

  private byte[] archive() throws ConfigException {
    if (settings.origin() instanceof BundleOrigin.File file) {
      return BundleLoader.bytes(file.path(), settings.limits());
    }
    try {
      BundleStore.Active active = store.active();
      if (active != null) {
        return store.archive(active, settings.limits().archive());
      }
    } catch (IOException damaged) {
      throw refused(damaged);
    }
    throw BundleLoader.refused(
        settings.origin().text(),
        "no bundle was downloaded yet; `mcp-guard doctor` tries, `mcp-guard serve` keeps one");
  }

  private ConfigException refused(IOException damaged) {
    return BundleLoader.refused(settings.folder().toString(), String.valueOf(damaged.getMessage()));
  }

  /** What the guard that runs, or ran last, says of its bundle; empty if none did. */
  public String noted() {
    try {
      JsonObject noted = store.noted();
      return noted == null ? "" : words(noted);
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static String words(JsonObject noted) {
    StringJoiner words = new StringJoiner(", ");
    noted.members().forEach(
        (name, value) -> {
          if (value instanceof JsonString text && !name.equals("name") && !text.value().isEmpty()) {
            words.add(name.replace('_', ' ') + " " + text.value());
          }
        });
    return words.toString();
  }

  /** Asks the URL once, as a guard would; null if all is well, else what is wrong. */
  public @Nullable String probe() throws ConfigException, InterruptedException {
    if (!(settings.origin() instanceof BundleOrigin.Url url)) {
      return null;
    }
    try (HttpBundleFetch fetch = new HttpBundleFetch(url, settings.limits().archive())) {
      return switch (fetch.fetch(null)) {
        case Fetched.Failed(String problem) -> problem;
        case Fetched.Unchanged unchanged -> null;
        case Fetched.News news -> {
          loader.load(news.archive());
          yield null;
        }
      };
    } catch (ConfigException refused) {
      return refused.getMessage();
    }
  }
}
