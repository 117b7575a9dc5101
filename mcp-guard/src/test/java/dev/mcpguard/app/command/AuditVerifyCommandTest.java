package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.proof.Checkpointer;
import dev.mcpguard.audit.proof.FileWitness;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A log that is gone is never reported as good. */
final class AuditVerifyCommandTest {
  @TempDir private Path folder = Path.of(".");
  private final StringWriter said = new StringWriter();

  private int verify(String... more) {
    CommandLine line = new CommandLine(new AuditVerifyCommand());
    line.setExecutionExceptionHandler(new Failures());
    said.getBuffer().setLength(0);
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--folder";
    arguments[1] = audit().toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return line.execute(arguments);
  }

  private Path audit() {
    return folder.resolve("audit");
  }

  private Path witness() {
    return folder.resolve("witness");
  }

  private void said(String words) {
    assertTrue(said.toString().contains(words), said.toString());
  }

  /** Writes a log of three calls with payloads, its checkpoint and a witness of it; its key. */
  private String write(String instance) throws Exception {
    CallLogSettings settings = CallLogSettings.of(audit(), instance).withDisk(0, 0);
    CallLogReader reader = new CallLogReader(audit(), null);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 0; i < 3; i++) {
        log.admit(Records.admission(instance + i));
      }
      NoteSigner signer = CheckpointKey.open(reader.instance(instance), null);
      FileWitness elsewhere = new FileWitness(witness().resolve(instance));
      new Checkpointer(reader, instance, signer, log.durable(), List.of(elsewhere)).publish();
      return signer.verifier().text();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void noLogAtAllIsNotGood() {
    assertEquals(ExitCode.UNAVAILABLE, verify());
    assertEquals(ExitCode.UNAVAILABLE, verify("--instance", "nobody"));
  }

  @Test
  void logWhoseSegmentsFolderIsGoneIsFound() throws IOException {
    NoteSigner signer = NoteSigner.of("mcp-guard/one", new byte[32]);
    Path one = Files.createDirectories(audit().resolve("one"));
    Files.writeString(
        one.resolve("checkpoint"),
        signer.sign(new Checkpoint("mcp-guard/one", 3, new byte[32]).text()));
    assertEquals(ExitCode.FOUND, verify());
  }

  @Test
  void malformedKeyIsAnErrorOfTheCommandLine() throws IOException {
    Files.createDirectories(audit().resolve("one/segments"));
    assertEquals(ExitCode.USAGE, verify("--key", "garbage"));
  }

  @Test
  void logDeletedAsAWholeIsFoundByWhatTheWitnessKnowsF4() throws Exception {
    write("one");
    write("two");
    String kept = witness().toString();
    assertEquals(ExitCode.OK, verify("--witness", kept), said.toString());
    delete(audit().resolve("two"));
    assertEquals(ExitCode.OK, verify());
    assertEquals(ExitCode.FOUND, verify("--witness", kept));
    said("one: 3 records verified, 2 checkpoints");
    said("two: record 0: a checkpoint kept elsewhere promises 3 records of `mcp-guard/two`");
    assertEquals(ExitCode.FOUND, verify("--witness", kept, "--instance", "two"));
    assertEquals(ExitCode.OK, verify("--witness", kept, "--instance", "one"));
    Path checkpoint = witness().resolve("two/000000000000000003.checkpoint");
    assertEquals(ExitCode.FOUND, verify("--checkpoint", checkpoint.toString()));
    assertEquals(ExitCode.FOUND, verify("--witness", checkpoint.toString(), "--json"));
    said("\"instance\":\"two\"");
    delete(audit());
    assertEquals(ExitCode.FOUND, verify("--witness", kept));
  }

  @Test
  void logReplacedByAnotherUnderItsNameIsFoundByWhatTheWitnessKnowsF4() throws Exception {
    write("one");
    write("two");
    delete(audit().resolve("two"));
    Files.move(audit().resolve("one"), audit().resolve("two"));
    assertEquals(ExitCode.FOUND, verify());
    said("two: record 0: the key beside it is of `mcp-guard/one`");
    assertEquals(ExitCode.FOUND, verify("--witness", witness().toString()));
  }

  /** Each log agrees with its own checkpoints; what is said of an instance is said of the other. */
  @Test
  void logsThatChangedTheirNamesAreFoundF4() throws Exception {
    write("one");
    write("two");
    Files.move(audit().resolve("one"), audit().resolve("three"));
    Files.move(audit().resolve("two"), audit().resolve("one"));
    Files.move(audit().resolve("three"), audit().resolve("two"));
    assertEquals(ExitCode.FOUND, verify("--witness", witness().toString()));
    said("one: record 0: the key beside it is of `mcp-guard/two`");
    said("two: record 0: the key beside it is of `mcp-guard/one`");
  }

  @Test
  void witnessFolderBehindALinkIsComparedF4() throws Exception {
    write("one");
    write("two");
    Path link = Files.createSymbolicLink(audit().resolveSibling("link"), witness());
    delete(audit().resolve("two"));
    assertEquals(ExitCode.FOUND, verify("--witness", link.toString()));
    Path logLink = Files.createDirectories(audit().resolveSibling("links"));
    Files.createSymbolicLink(logLink.resolve("two"), witness().resolve("two"));
    assertEquals(ExitCode.FOUND, verify("--witness", logLink.toString()));
  }

  @Test
  void witnessFolderWithoutACheckpointIsSaidToBeOne() throws Exception {
    write("one");
    Path empty = Files.createDirectories(audit().resolveSibling("empty"));
    assertEquals(ExitCode.OK, verify("--witness", empty.toString()));
    said("holds no checkpoint; nothing kept elsewhere is compared");
  }

  /** A key beside the log that cannot be read hinders nobody who brings the key. */
  @Test
  void keyBesideTheLogIsNotReadWhereOneIsGiven() throws Exception {
    String key = write("one");
    Files.writeString(audit().resolve("one/checkpoint-key.pub"), "garbled");
    assertEquals(ExitCode.UNAVAILABLE, verify());
    String kept = witness().toString();
    assertEquals(ExitCode.OK, verify("--key", key, "--witness", kept), said.toString());
    Files.move(audit().resolve("one"), audit().resolve("copy"));
    assertEquals(ExitCode.OK, verify("--key", key, "--witness", kept), said.toString());
  }

  @Test
  void instanceThatWasEmptiedIsNoLog() throws Exception {
    write("one");
    delete(audit().resolve("one"));
    Files.createDirectories(audit().resolve("one"));
    assertEquals(ExitCode.UNAVAILABLE, verify("--instance", "one"));
    assertEquals(ExitCode.FOUND, verify("--instance", "one", "--witness", witness().toString()));
  }

  @Test
  void keysOfSeveralLogsAreEachUsedForTheirOwn() throws Exception {
    String one = write("one");
    String two = write("two");
    assertEquals(ExitCode.OK, verify("--key", two, "--key", one), said.toString());
    assertEquals(ExitCode.USAGE, verify("--key", one));
    said("no --key is of `two`");
    assertEquals(ExitCode.OK, verify("--key", one, "--instance", "one"), said.toString());
    assertEquals(ExitCode.FOUND, verify("--key", two, "--instance", "one"), said.toString());
  }

  @Test
  void payloadsAreOpenedOnRequest() throws Exception {
    write("one");
    assertEquals(ExitCode.OK, verify("--payloads"), said.toString());
    said("3 payloads opened");
    Files.delete(audit().resolve("one/payload.key"));
    assertEquals(ExitCode.OK, verify());
    assertEquals(ExitCode.UNAVAILABLE, verify("--payloads"));
    said("payload.key");
  }

  @Test
  void whatIsNotThereIsNamedInWords() throws Exception {
    String key = write("one");
    assertEquals(
        ExitCode.UNAVAILABLE, verify("--proof", "gone.tlog-proof", "--record", "r", "--key", key));
    said("`gone.tlog-proof` does not exist; check the path");
    assertEquals(ExitCode.UNAVAILABLE, verify("--witness", "gone"));
    said("`gone` does not exist; check the path");
    assertEquals(ExitCode.UNAVAILABLE, verify("--instance", "nobody"));
    said("there is no call log of `nobody` in `" + audit() + "`; it has one");
  }
}
