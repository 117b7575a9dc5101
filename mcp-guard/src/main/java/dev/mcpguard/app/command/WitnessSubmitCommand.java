package dev.mcpguard.app.command;

import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.app.wiring.WitnessLink;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.proof.Attestation;
import dev.mcpguard.model.WitnessEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit witness submit}: is the log still what the witness cosigned. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Has the newest checkpoint cosigned, now.",
      "A log that was cut or rewritten since the last cosignature cannot pass."
    })
final class WitnessSubmitCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private WitnessOption option = new WitnessOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    WitnessConfiguration witness = option.witness(log, spec.commandLine());
    CallLogReader reader = log.existing();
    PrintWriter out = spec.commandLine().getOut();
    try (WitnessEndpoint endpoint = WitnessLink.of(witness)) {
      for (String instance : reader.instances()) {
        NoteKey key = CheckpointKey.verifier(reader.instance(instance));
        if (key == null) {
          throw new IOException(instance + " has no checkpoint key yet");
        }
        long size =
            new Attestation(reader.instance(instance), key, endpoint, witness.key()).submit();
        out.println(instance + ": " + size + " records cosigned by " + witness.key().name());
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
