package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.note.NoteKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit key}: what verifies the checkpoints of a log. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Prints the public key of each log, to be kept elsewhere for `verify --key`.")
final class AuditKeyCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    PrintWriter out = spec.commandLine().getOut();
    boolean found = true;
    for (String instance : reader.instances()) {
      NoteKey key = CheckpointKey.verifier(reader.instance(instance));
      found &= key != null;
      out.println(key == null ? instance + " has no checkpoint key yet" : key.text());
    }
    out.flush();
    return found ? ExitCode.OK : ExitCode.FOUND;
  }
}
