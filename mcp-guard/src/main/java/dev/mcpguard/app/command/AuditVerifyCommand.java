package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.proof.FileWitness;
import dev.mcpguard.audit.proof.Finding;
import dev.mcpguard.audit.proof.ProofFile;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
  @Mixin private LogOption log = new LogOption();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "public key of the log, `name+id+key` (default: the one beside the log)")
  private @Nullable String key;

  @Option(
      names = "--witness",
      paramLabel = "PATH",
      description =
          "folder where a witness keeps checkpoints, or one cosigned checkpoint as `audit witness "
              + "fetch` writes it (default: the configured folder)")
  private @Nullable String witness;

  @Option(
      names = "--witness-key",
      paramLabel = "KEY",
      description = "public key of the witness: every checkpoint of --witness must bear its cosignature")
  private @Nullable String witnessKey;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "check one .tlog-proof instead of a log; needs --record and --key")
  private @Nullable Path proof;

  @Option(names = "--record", paramLabel = "FILE", description = "the record the proof is about")
  private @Nullable Path record;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "one signed checkpoint kept elsewhere; may be repeated")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (proof != null) {
      return verifyProof(proof);
    }
    CallLogReader reader = log.reader();
    boolean good = true;
    List<String> instances = log.instances(reader);
    if (instances.isEmpty()) {
      // a log that is gone must not look like one that is good
      throw new IOException("there is no call log to verify; check --folder or the configuration");
    }
    for (String instance : instances) {
      if (!Files.isDirectory(reader.instance(instance).path())) {
        throw new IOException("there is no call log of `" + instance + "`");
      }
    }
    for (String instance : instances) {
      VerificationReport report = verify(reader, instance);
      good &= report.good();
      print(report);
    }
    return good ? ExitCode.OK : ExitCode.FOUND;
  }

  private int verifyProof(Path file) throws IOException {
    if (record == null || key == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "a proof is checked with --record and --key");
    }
    boolean proven;
    try {
      ProofFile read = ProofFile.ofText(Files.readString(file));
      proven = read.proves(leaf(Files.readAllBytes(record)), NoteKey.ofText(key));
    } catch (IllegalArgumentException malformed) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(malformed.getMessage()), malformed);
    }
    spec.commandLine().getOut().println(proven ? "proven" : "NOT proven");
    spec.commandLine().getOut().flush();
    return proven ? ExitCode.OK : ExitCode.FOUND;
  }

  /** A record as a line of JSON: the newline at its end is not part of it. */
  private static byte[] leaf(byte[] line) {
    boolean ended = line.length > 0 && line[line.length - 1] == '\n';
    return ended ? Arrays.copyOf(line, line.length - 1) : line;
  }

  private @Nullable Path configuredWitness(String instance) throws ConfigException {
    Path folder = log.keeping().witness();
    Path own = folder == null ? null : folder.resolve(instance);
    return own != null && Files.isDirectory(own) ? own : null;
  }

  private @Nullable NoteKey key(CallLogReader reader, String instance, PrintWriter said)
      throws IOException {
    if (key != null) {
      try {
        return NoteKey.ofText(key);
      } catch (IllegalArgumentException malformed) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), String.valueOf(malformed.getMessage()), malformed);
      }
    }
    NoteKey beside = CheckpointKey.verifier(reader.instance(instance));
    said.println(
        beside == null
            ? instance + ": there is no key; signatures are not checked"
            : instance + ": using the public key beside the log; who can rewrite the folder can "
                + "replace it, so compare it with `--key` from elsewhere: " + beside.text());
    said.flush();
    return beside;
  }

  private VerificationReport verify(CallLogReader reader, String instance)
      throws IOException, ConfigException {
    List<String> witnessed = new ArrayList<>();
    for (Path checkpoint : checkpoints) {
      witnessed.add(Files.readString(checkpoint));
    }
    Path elsewhere = witness != null ? path(witness) : configuredWitness(instance);
    if (elsewhere != null) {
      witnessed.addAll(notes(elsewhere));
    }
    PrintWriter progress = spec.commandLine().getErr();
    NoteKey noteKey = key(reader, instance, progress);
    ProgressBar bar = ProgressBar.of(reader.instance(instance), progress);
    VerificationReport report =
        new Verifier(reader.instance(instance), noteKey, witnessed).verify(bar);
    bar.end();
    return report;
  }

  /** Nothing of this verb asks a network: what a witness says is fetched before. */
  private Path path(String given) {
    if (given.startsWith("https://") || given.startsWith("http://")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "verify asks no network: run `mcp-guard audit witness fetch --url " + given
              + " --to FILE`, then give --witness FILE");
    }
    return Path.of(given);
  }

  private List<String> notes(Path elsewhere) throws IOException {
    List<String> notes =
        Files.isDirectory(elsewhere)
            ? FileWitness.notes(elsewhere)
            : List.of(Files.readString(elsewhere));
    if (witnessKey != null) {
      CosignatureKey cosigner = CosignatureKey.ofText(witnessKey);
      for (String note : notes) {
        if (cosigner.open(note) == null) {
          throw new IOException(
              "a checkpoint of `" + elsewhere + "` bears no valid cosignature of "
                  + cosigner.name());
        }
      }
    }
    return notes;
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
