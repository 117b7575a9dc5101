package dev.mcpguard.app.config;

import dev.mcpguard.json.Fields;
import dev.mcpguard.policy.bundle.BundleOrigin;
import dev.mcpguard.policy.bundle.BundleSettings;
import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code policy}. */
final class PolicyReader {
  private static final Duration DECISION = Duration.ofMillis(250);
  private static final URI NOWHERE = URI.create("https://invalid");
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Path folder;
  private final @Nullable Path authorities;

  /**
   * @param authorities whom https trusts where nothing else is said, or null for those of the JDK
   */
  PolicyReader(Path folder, @Nullable Path authorities) {
    this.folder = folder;
    this.authorities = authorities;
  }

  PolicyConfiguration read(@Nullable Fields fields) {
    if (fields == null) {
      return new PolicyConfiguration(folder.resolve("policies"), null, null, DECISION);
    }
    Path files = path(fields, "folder");
    Duration deadline = fields.duration("deadline", DECISION);
    Fields opa = fields.optionalObject("opa");
    Fields bundle = fields.optionalObject("bundle");
    if (bundle != null && files != null) {
      fields.problem("folder", "is given beside `bundle`", "name one of them: only one can decide");
    }
    return new PolicyConfiguration(
        files == null ? folder.resolve("policies") : files,
        bundle == null ? null : bundle(bundle),
        opa == null ? null : remote(opa),
        deadline);
  }

  private PolicyConfiguration.Remote remote(Fields opa) {
    URI url = ConfigurationReader.url(opa, "url", opa.text("url"));
    return new PolicyConfiguration.Remote(
        url == null ? NOWHERE : url, path(opa, "token-file"), authorities);
  }

  private BundleSettings bundle(Fields fields) {
    BundleOrigin origin = origin(fields);
    Path kept = path(fields, "folder");
    Fields verification = fields.optionalObject("verification");
    BundleSettings.Revisions revisions =
        fields.optionalChoice("revisions", BundleSettings.Revisions.class);
    String oldest = fields.optionalText("oldest-revision");
    if (oldest != null && revisions != BundleSettings.Revisions.INCREASING) {
      fields.problem("oldest-revision", "has no effect", "set `revisions: increasing` too");
    }
    return new BundleSettings(
        origin,
        kept == null ? folder.resolve("policy-bundle") : kept,
        verification == null ? null : verification(verification),
        fields.flag("require-tests", false),
        revisions == null ? BundleSettings.Revisions.ANY : revisions,
        oldest,
        sizes(fields.optionalObject("limits")));
  }

  private BundleOrigin origin(Fields fields) {
    Path file = path(fields, "file");
    String text = fields.optionalText("url");
    if ((file == null) == (text == null)) {
      fields.problem("file", "name either `file` or `url`", "say where the bundle is");
    }
    if (file != null || text == null) {
      for (String only : new String[] {"polling", "token", "tls"}) {
        if (fields.has(only)) {
          fields.problem(only, "is for a bundle at a `url`", "remove it");
        }
      }
      return new BundleOrigin.File(file == null ? folder : file);
    }
    URI url = ConfigurationReader.url(fields, "url", text);
    SecretReference token =
        fields.optionalParsed(
            "token", SecretReference::ofText,
            "write `env:NAME` or `file:/absolute/path`, never the secret itself");
    return new BundleOrigin.Url(
        url == null ? NOWHERE : url, token, tls(fields.optionalObject("tls")),
        polling(fields.optionalObject("polling")));
  }

  private BundleOrigin.Tls tls(@Nullable Fields fields) {
    if (fields == null) {
      return new BundleOrigin.Tls(authorities, null, null);
    }
    Path certificate = path(fields, "certificate");
    Path key = path(fields, "key");
    if ((certificate == null) != (key == null)) {
      fields.problem("key", "a certificate needs its key, and a key its certificate", "name both");
    }
    Path own = path(fields, "authorities");
    return new BundleOrigin.Tls(own == null ? authorities : own, certificate, key);
  }

  private static BundleOrigin.Polling polling(@Nullable Fields fields) {
    BundleOrigin.Polling standard = BundleOrigin.Polling.STANDARD;
    if (fields == null) {
      return standard;
    }
    Duration least = fields.duration("min-delay", standard.minDelay());
    Duration most = fields.duration("max-delay", standard.maxDelay());
    if (!fields.has("max-delay") && most.compareTo(least) < 0) {
      most = least.multipliedBy(2);
    }
    if (least.compareTo(SHORTEST) < 0) {
      fields.problem("min-delay", "is too short", "use 100ms or more");
    }
    if (most.compareTo(least) < 0) {
      fields.problem("max-delay", "is shorter than `min-delay`", "make it at least as long");
    }
    Duration timeout = fields.duration("timeout", standard.timeout());
    if (timeout.compareTo(SHORTEST) < 0) {
      fields.problem("timeout", "is too short", "use 100ms or more");
    }
    return new BundleOrigin.Polling(least, most, fields.optionalDuration("long-poll"), timeout);
  }

  private BundleSettings.Verification verification(Fields fields) {
    Map<String, BundleSettings.KeyFile> keys = new HashMap<>();
    fields.objectsByName("keys").forEach((id, key) -> keys.put(id, key(key)));
    String only = fields.optionalText("key-id");
    // INVARIANT: a section `verification` without a key must not read as no verification at all.
    if (keys.isEmpty()) {
      fields.problem("keys", "names no key to verify with", "name at least one public key");
    } else if (only != null && !keys.containsKey(only)) {
      fields.problem("key-id", "is none of `keys`", "use one of their names");
    }
    return new BundleSettings.Verification(
        keys, only, fields.optionalText("scope"), fields.optionalText("issuer"),
        fields.optionalDuration("longest-age"));
  }

  private BundleSettings.KeyFile key(Fields fields) {
    String algorithm = fields.optionalText("algorithm");
    Path file = folder.resolve(fields.text("file")).normalize();
    return new BundleSettings.KeyFile(algorithm == null ? "ES256" : algorithm, file);
  }

  private static BundleSettings.Sizes sizes(@Nullable Fields fields) {
    BundleSettings.Sizes standard = BundleSettings.Sizes.STANDARD;
    if (fields == null) {
      return standard;
    }
    Long archive = fields.optionalInteger("archive-bytes", 1, BundleSettings.Sizes.LARGEST);
    Long unpacked = fields.optionalInteger("unpacked-bytes", 1, BundleSettings.Sizes.LARGEST);
    return new BundleSettings.Sizes(
        archive == null ? standard.archive() : archive.intValue(),
        unpacked == null ? standard.unpacked() : unpacked.intValue());
  }

  private @Nullable Path path(Fields fields, String name) {
    String text = fields.optionalText(name);
    return text == null ? null : folder.resolve(text).normalize();
  }
}
