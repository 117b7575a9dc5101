package dev.mcpguard.app.command;

import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which records: the same filters for every auditor's verb. All given conditions must hold. */
final class FilterOption {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Time.class,
      description = "earliest time, RFC 3339 or a day (UTC), inclusive")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Time.class,
      description = "latest time, exclusive")
  private @Nullable Instant to;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Kind.class,
      description = "admission, outcome, refusal, event")
  private @Nullable String kind;

  @Option(names = "--agent", paramLabel = "ID", description = "the registered agent")
  private @Nullable String agent;

  @Option(names = "--owner", paramLabel = "NAME", description = "who answers for the agent")
  private @Nullable String owner;

  @Option(names = "--server", paramLabel = "NAME", description = "the tool server")
  private @Nullable String server;

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description = "the tool's own name, or `server/name`; also a prompt, or the URI of a resource")
  private @Nullable String tool;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      converter = RiskClassName.class,
      description = "read, write, admin")
  private @Nullable String riskClass;

  @Option(
      names = "--decision",
      paramLabel = "RESULT",
      converter = Result.class,
      description = "permit, deny, indeterminate: what policy answered")
  private @Nullable String decision;

  @Option(names = "--reason", paramLabel = "CODE", description = "a reason code")
  private @Nullable String reason;

  @Option(names = "--task", paramLabel = "ID", description = "the declared task")
  private @Nullable String task;

  @Option(names = "--trace", paramLabel = "ID", description = "the W3C trace id")
  private @Nullable String trace;

  CallFilter filter() {
    CallFilter filter = CallFilter.all().between(from, to);
    filter = with(filter, Column.KIND, kind);
    filter = with(filter, Column.AGENT, agent);
    filter = with(filter, Column.OWNER, owner);
    filter = with(filter, Column.SERVER, server);
    // with --server given, a slash belongs to the name
    boolean whole = server == null && tool != null && tool.matches("[a-z0-9-]+/[^/].*");
    filter = with(filter, whole ? Column.TOOL : Column.TOOL_NAME, tool);
    filter = with(filter, Column.CLASS, riskClass);
    filter = with(filter, Column.DECISION, decision);
    filter = with(filter, Column.REASON, reason);
    filter = with(filter, Column.TASK, task);
    return with(filter, Column.TRACE, trace);
  }

  private static CallFilter with(CallFilter filter, Column column, @Nullable String value) {
    return value == null ? filter : filter.with(column, value);
  }

  /** One of a few words: a misspelt one would find nothing and look like an answer. */
  private abstract static class Word implements ITypeConverter<String> {
    private final List<String> words;

    private Word(String... words) {
      this.words = List.of(words);
    }

    @Override
    public String convert(String text) {
      if (!words.contains(text)) {
        throw new TypeConversionException(
            "`" + text + "` is none of " + String.join(", ", words));
      }
      return text;
    }
  }

  static final class Kind extends Word {
    Kind() {
      super("admission", "outcome", "refusal", "event");
    }
  }

  static final class RiskClassName extends Word {
    RiskClassName() {
      super("read", "write", "admin");
    }
  }

  static final class Result extends Word {
    Result() {
      super("permit", "deny", "indeterminate");
    }
  }

  /** RFC 3339, or a day at midnight UTC. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
      } catch (DateTimeParseException odd) {
        throw new TypeConversionException(
            "`" + text + "` is no time; write 2026-11-21 or 2026-11-21T02:10:00Z");
      }
    }
  }
}
