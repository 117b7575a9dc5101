package dev.mcpguard.app.config;

import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.audit.keep.Retention;
import dev.mcpguard.json.Fields;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how the call log is kept: the checkpoint, witness and retention fields of {@code audit}. */
final class KeepingReader {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Path folder;

  KeepingReader(Path folder) {
    this.folder = folder;
  }

  KeepingSettings read(@Nullable Fields audit) {
    KeepingSettings standard = KeepingSettings.standard();
    if (audit == null) {
      return standard;
    }
    Duration every = audit.duration("checkpoint-every", standard.checkpointEvery());
    if (every.compareTo(SHORTEST) < 0) {
      audit.problem("checkpoint-every", "is too short", "use 100ms or more");
      every = standard.checkpointEvery();
    }
    Fields witness = audit.optionalObject("witness");
    return new KeepingSettings(
        path(audit, "checkpoint-key-file"),
        every,
        witness == null ? null : folder.resolve(witness.text("folder")).normalize(),
        retention(audit.optionalObject("retention")));
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
