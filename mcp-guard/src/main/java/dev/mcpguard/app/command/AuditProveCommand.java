package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.proof.ProofFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit prove}: hands out records with proofs that hold without the log. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "Writes each record of a request and its proof (C2SP tlog-proof) against the newest checkpoint.",
      "Check them anywhere: audit verify --proof FILE --record FILE --key KEY."
    })
final class AuditProveCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "the decision id")
  private @Nullable String decisionId;

  @Option(
      names = "--seq",
      paramLabel = "N",
      description = "one record by its place instead; with --instance")
  private @Nullable Long sequence;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "where to write (default: here)")
  private Path folder = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    List<LogEntry> entries = entries(reader);
    if (entries.isEmpty()) {
      spec.commandLine().getErr().println(
          decisionId != null
              ? "no record has the decision id `" + decisionId + "`"
              : "there is no record " + sequence + "; `audit list` shows the places (SEQ)");
      return ExitCode.FOUND;
    }
    Files.createDirectories(folder);
    PrintWriter out = spec.commandLine().getOut();
    for (LogEntry entry : entries) {
      String name = entry.instance() + "-" + entry.sequence();
      Path proof = folder.resolve(name + ".tlog-proof");
      Path record = folder.resolve(name + ".json");
      Files.writeString(
          proof, ProofFile.of(reader.instance(entry.instance()), entry.sequence()).text());
      Files.write(record, entry.leaf());
      out.println(record + " " + proof);
    }
    out.flush();
    return ExitCode.OK;
  }

  private List<LogEntry> entries(CallLogReader reader) throws IOException {
    if ((decisionId == null) == (sequence == null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "name a decision id, or --instance and --seq");
    }
    if (decisionId != null) {
      return log.entries(reader, decisionId);
    }
    List<String> instances = reader.instances();
    if (instances.size() != 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "name one of the instances " + instances + " with --instance");
    }
    LogEntry entry = reader.entry(instances.getFirst(), sequence == null ? -1 : sequence);
    return entry == null ? List.of() : List.of(entry);
  }
}
