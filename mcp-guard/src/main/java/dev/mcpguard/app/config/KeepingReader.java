package dev.mcpguard.app.config;

import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.audit.keep.Retention;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.json.Fields;
import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how the call log is kept: the checkpoint, witness and retention fields of {@code audit}. */
final class KeepingReader {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path folder;
  private final @Nullable Fields audit;
  private final @Nullable Fields witness;
  private final @Nullable Path authorities;

  /**
   * @param audit the section, or null when there is none
   * @param authorities whom the witness's certificate must come from, or null for those of the JDK
   */
  KeepingReader(Path folder, @Nullable Fields audit, @Nullable Path authorities) {
    this.folder = folder;
    this.authorities = authorities;
    this.audit = audit;
    this.witness = audit == null ? null : audit.optionalObject("witness");
  }

  KeepingSettings read() {
    KeepingSettings standard = KeepingSettings.standard();
    if (audit == null) {
      return standard;
    }
    Duration every = audit.duration("checkpoint-every", standard.checkpointEvery());
    if (every.compareTo(SHORTEST) < 0) {
      audit.problem("checkpoint-every", "is too short", "use 100ms or more");
      every = standard.checkpointEvery();
    }
    return new KeepingSettings(
        path(audit, "checkpoint-key-file"),
        every,
        witness == null ? null : path(witness, "folder"),
        retention(audit.optionalObject("retention")),
        null);
  }

  /** The witness that is reached by HTTP, or null. */
  @Nullable WitnessConfiguration witness() {
    Fields fields = witness;
    if (fields == null) {
      return null;
    }
    String text = fields.optionalText("url");
    CosignatureKey key =
        fields.optionalParsed(
            "key", KeepingReader::key, "write what the witness publishes: `name+id+key`");
    SecretReference token =
        fields.optionalParsed(
            "token", SecretReference::ofText, "write `env:NAME` or `file:/absolute/path`");
    Duration timeout = fields.duration("timeout", PATIENCE);
    if (text == null) {
      if (!fields.has("folder")) {
        fields.problem("folder", "is missing", "name a `folder`, or a `url` and its `key`");
      }
      return null;
    }
    URI url = ConfigurationReader.url(fields, "url", text);
    if (!fields.has("key")) {
      fields.problem("key", "is missing", "write the public key the witness publishes");
    }
    return url == null || key == null
        ? null
        : new WitnessConfiguration(url, key, token, timeout, authorities);
  }

  private static @Nullable CosignatureKey key(String text) {
    try {
      return CosignatureKey.ofText(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static Retention.Rule retention(@Nullable Fields fields) {
    if (fields == null) {
      return new Retention.Rule(null, null);
    }
    return new Retention.Rule(
        fields.optionalDuration("payloads"), fields.optionalDuration("records"));
  }

  private @Nullable Path path(Fields fields, String name) {
    String text = fields.optionalText(name);
    return text == null ? null : folder.resolve(text).normalize();
  }
}
