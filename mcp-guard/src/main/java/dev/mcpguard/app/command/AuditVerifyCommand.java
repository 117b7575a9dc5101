package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.proof.Finding;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit verify}: was anything changed. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks every record against the chain, the tree and signed checkpoints.")
final class AuditVerifyCommand implements Callable<Integer> {
  private static final long STEP = 100_000;

  @Mixin private LogOption log = new LogOption();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "public key of the log, `name+id+key`; without it signatures are not checked")
  private @Nullable String key;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a signed checkpoint kept elsewhere; may be repeated")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.reader();
    boolean good = true;
    for (String instance : log.instances(reader)) {
      VerificationReport report = verify(reader, instance);
      good &= report.good();
      print(report);
    }
    return good ? ExitCode.OK : ExitCode.FOUND;
  }

  private VerificationReport verify(CallLogReader reader, String instance) throws IOException {
    List<String> witnessed = new ArrayList<>();
    for (Path checkpoint : checkpoints) {
      witnessed.add(Files.readString(checkpoint));
    }
    NoteKey noteKey = key == null ? null : NoteKey.ofText(key);
    PrintWriter progress = spec.commandLine().getErr();
    return new Verifier(reader.instance(instance), noteKey, witnessed)
        .verify(
            done -> {
              if (done % STEP == 0 && done > 0) {
                progress.println(instance + ": " + done + " records");
                progress.flush();
              }
            });
  }

  private void print(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(report)));
    } else if (report.good()) {
      out.printf(
          "%s: %d records verified, %d checkpoints, %d covered by a checkpoint, %d unsettled, %d erased%n",
          report.instance(), report.records(), report.checkpoints(), report.covered(),
          report.unsettled(), report.erased());
    } else {
      for (Finding finding : report.findings()) {
        out.printf("%s: record %d: %s%n", report.instance(), finding.sequence(), finding.problem());
      }
    }
    out.flush();
  }

  private static JsonObject document(VerificationReport report) {
    List<JsonValue> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      findings.add(
          JsonObject.builder()
              .put("record", finding.sequence())
              .put("problem", finding.problem())
              .build());
    }
    return JsonObject.builder()
        .put("instance", report.instance())
        .put("good", report.good())
        .put("records", report.records())
        .put("removed", report.removed())
        .put("checkpoints", report.checkpoints())
        .put("covered", report.covered())
        .put("unsettled", report.unsettled())
        .put("erased", report.erased())
        .put("findings", new JsonArray(findings))
        .build();
  }
}
