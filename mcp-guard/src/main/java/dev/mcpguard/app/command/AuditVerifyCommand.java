package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.proof.ProofFile;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonText;
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
      description =
          "public key of a log, `name+id+key`; may be repeated (default: the one beside the log)")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--witness",
      paramLabel = "PATH",
      description =
          "folder where a witness keeps checkpoints, or one cosigned checkpoint as `audit witness "
              + "fetch` writes it (default: the configured folder); a log it knows and the audit "
              + "folder lacks is a finding")
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

  @Option(
      names = "--payloads",
      description =
          "open every payload too (needs the payload key: the auditor role); without it what was "
              + "sealed is compared with the digests in its record")
  private boolean payloads;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (proof != null) {
      return verifyProof(proof);
    }
    CallLogReader reader = log.reader();
    KeptElsewhere elsewhere = elsewhere();
    List<String> there = reader.instances();
    List<NoteKey> given = given();
    List<Known> logs = new ArrayList<>();
    for (String instance : there) {
      logs.add(
          new Known(
              instance,
              given.isEmpty() ? beside(reader, instance) : key(given, instance, there.size() == 1)));
    }
    List<VerificationReport> lost = lost(elsewhere, logs);
    if (given.isEmpty()) {
      lost.addAll(renamed(logs));
    }
    if (logs.isEmpty() && lost.isEmpty()) {
      // a log that is gone must not look like one that is good
      throw log.none();
    }
    boolean good = lost.isEmpty();
    for (Known each : logs) {
      VerificationReport report = verify(reader, elsewhere, each);
      good &= report.good();
      print(report);
    }
    lost.forEach(this::print);
    return good ? ExitCode.OK : ExitCode.FOUND;
  }

  /** A log that is here, and what verifies its signatures. */
  private record Known(String instance, @Nullable NoteKey key) {
    String origin() {
      return key == null ? KeptElsewhere.origin(instance) : key.name();
    }
  }

  /** The logs that something elsewhere promises and that are not here. */
  private List<VerificationReport> lost(KeptElsewhere elsewhere, List<Known> logs) {
    List<VerificationReport> lost = new ArrayList<>();
    for (KeptElsewhere.Promised promised : elsewhere.promised()) {
      boolean here = logs.stream().anyMatch(each -> each.origin().equals(promised.origin()));
      if (log.wants(promised.instance()) && !here) {
        lost.add(
            VerificationReport.lost(
                promised.instance(),
                "a checkpoint kept elsewhere promises " + promised.records() + " records of `"
                    + promised.origin() + "`, and no log here is that one: it was deleted, moved "
                    + "or given another key; name the logs that belong here with --instance"));
      }
    }
    return lost;
  }

  /** Logs under the name of another, by the key beside them: what is said of an instance would be said of the wrong one. */
  private static List<VerificationReport> renamed(List<Known> logs) {
    List<VerificationReport> renamed = new ArrayList<>();
    for (Known each : logs) {
      if (!each.origin().equals(KeptElsewhere.origin(each.instance()))) {
        renamed.add(
            VerificationReport.lost(
                each.instance(),
                "the key beside it is of `" + each.origin() + "`: the folder was renamed, or another "
                    + "log was put under this name; a copy is verified with its key as --key"));
      }
    }
    return renamed;
  }

  private int verifyProof(Path file) throws IOException {
    if (record == null || keys.size() != 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "a proof is checked with --record and one --key");
    }
    boolean proven;
    try {
      ProofFile read = ProofFile.ofText(Files.readString(file));
      proven = read.proves(leaf(Files.readAllBytes(record)), NoteKey.ofText(keys.getFirst()));
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

  private List<NoteKey> given() {
    List<NoteKey> given = new ArrayList<>();
    for (String key : keys) {
      try {
        given.add(NoteKey.ofText(key));
      } catch (IllegalArgumentException malformed) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--key: " + malformed.getMessage(), malformed);
      }
    }
    return given;
  }

  /** Which of the keys given is that of an instance; one key is that of the only log. */
  private NoteKey key(List<NoteKey> given, String instance, boolean only) {
    for (NoteKey key : given) {
      if (key.name().equals(KeptElsewhere.origin(instance)) || only && given.size() == 1) {
        return key;
      }
    }
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "no --key is of `" + instance + "`; give its key too, or name one log with --instance");
  }

  private @Nullable NoteKey beside(CallLogReader reader, String instance) throws IOException {
    NoteKey beside = CheckpointKey.verifier(reader.instance(instance));
    say(
        beside == null
            ? instance + ": there is no key; signatures are not checked"
            : instance + ": using the public key beside the log; who can rewrite the folder can "
                + "replace it, so compare it with `--key` from elsewhere: " + beside.text());
    return beside;
  }

  private KeptElsewhere elsewhere() throws IOException, ConfigException {
    KeptElsewhere elsewhere = new KeptElsewhere();
    for (Path checkpoint : checkpoints) {
      elsewhere.add(checkpoint, null, this::say);
    }
    Path configured = witness == null ? log.keeping().witness() : path(witness);
    if (configured != null && (witness != null || Files.isDirectory(configured))) {
      elsewhere.add(configured, cosigner(), this::say);
    } else if (configured != null) {
      say(
          "the witness folder `" + configured + "` of the configuration is not there; nothing kept "
              + "elsewhere is compared");
    }
    return elsewhere;
  }

  private @Nullable CosignatureKey cosigner() {
    try {
      return witnessKey == null ? null : CosignatureKey.ofText(witnessKey);
    } catch (IllegalArgumentException malformed) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--witness-key: " + malformed.getMessage(), malformed);
    }
  }

  private VerificationReport verify(CallLogReader reader, KeptElsewhere elsewhere, Known known)
      throws IOException {
    PrintWriter progress = spec.commandLine().getErr();
    String instance = known.instance();
    List<String> witnessed = elsewhere.of(known.origin());
    if (witnessed.isEmpty() && !elsewhere.promised().isEmpty()) {
      say(instance + ": nothing kept elsewhere is of this log (`" + known.origin() + "`)");
    }
    ProgressBar bar = ProgressBar.of(reader.instance(instance), progress);
    Verifier verifier = new Verifier(reader.instance(instance), known.key(), witnessed);
    if (payloads) {
      verifier.opening(reader.opener(reader.instance(instance)));
    }
    VerificationReport report = verifier.verify(bar);
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

  private void say(String line) {
    PrintWriter said = spec.commandLine().getErr();
    said.println(line);
    said.flush();
  }

  private void print(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(VerificationText.document(report)));
    } else {
      VerificationText.lines(report).forEach(out::println);
    }
    out.flush();
  }
}
