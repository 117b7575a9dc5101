package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.Column;
import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.json.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which call log: {@code --folder}, or the one the configuration names. */
final class LogOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "mcp-guard.yaml",
      description = "configuration file that names the log (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("mcp-guard.yaml");

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "audit folder; then no configuration is read")
  private @Nullable Path folder;

  @Option(
      names = "--payload-key",
      paramLabel = "FILE",
      description = "key that opens payloads (default: the one beside the log)")
  private @Nullable Path payloadKey;

  @Option(names = "--instance", paramLabel = "NAME", description = "one instance (default: all)")
  private @Nullable String instance;

  /** How the log is kept: from the configuration, or the defaults with {@code --folder}. */
  KeepingSettings keeping() throws ConfigException {
    return folder != null
        ? KeepingSettings.standard()
        : ConfigurationReader.read(config).keeping();
  }

  /** The configured witness, or null with {@code --folder}. */
  @Nullable WitnessConfiguration witness() throws ConfigException {
    return folder != null ? null : ConfigurationReader.read(config).witness();
  }

  /** Reads the log, all instances or the one asked for; whether there is one or not. */
  CallLogReader reader() throws ConfigException {
    CallLogReader every = every();
    return instance == null ? every : every.only(instance);
  }

  private CallLogReader every() throws ConfigException {
    if (folder != null) {
      return new CallLogReader(folder, payloadKey);
    }
    GuardConfiguration configuration = ConfigurationReader.read(config);
    Path key = payloadKey != null ? payloadKey : configuration.audit().payloadKey();
    return new CallLogReader(configuration.audit().folder(), key);
  }

  /** As {@link #reader}; an answer of nothing must not come from looking in the wrong place. */
  CallLogReader existing() throws ConfigException, IOException {
    CallLogReader reader = reader();
    if (reader.instances().isEmpty()) {
      throw none();
    }
    return reader;
  }

  /** That the log asked for is not there, and what is. */
  IOException none() throws ConfigException, IOException {
    CallLogReader every = every();
    List<String> there = every.instances();
    return new IOException(
        instance != null && !there.isEmpty()
            ? "there is no call log of `" + instance + "` in `" + every.folder() + "`; it has "
                + String.join(", ", there)
            : "there is no call log in `" + every.folder()
                + "`; check --folder or the configuration");
  }

  /** The records of one request, oldest first. */
  List<LogEntry> entries(CallLogReader reader, String decisionId) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    new CallLogQuery(reader)
        .each(CallFilter.all().with(Column.DECISION_ID, decisionId), entries::add);
    return entries;
  }

  /** Whether an instance was asked for: all are when none is named. */
  boolean wants(String name) {
    return instance == null || instance.equals(name);
  }
}
