package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What somebody at a terminal sees who mistypes a name or looks in the wrong place. */
final class AuditVerbsTest {
  @TempDir private Path folder = Path.of(".");
  private final StringWriter said = new StringWriter();

  private int run(String... words) {
    said.getBuffer().setLength(0);
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(new GuardCommand())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(out)
        .execute(words);
  }

  private int audit(String verb, String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "audit";
    words[1] = verb;
    words[2] = "--folder";
    words[3] = folder.resolve("audit").toString();
    System.arraycopy(more, 0, words, 4, more.length);
    return run(words);
  }

  private void says(String words) {
    assertTrue(said.toString().contains(words), said.toString());
  }

  private void write(String instance) throws Exception {
    CallLogSettings settings =
        CallLogSettings.of(folder.resolve("audit"), instance).withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      log.settle(Records.refusal("of-" + instance, "policy-denied"));
      log.admit(Records.admission("call-" + instance));
    }
  }

  @Test
  void noVerbAnswersNothingForALogThatIsNotThere() throws Exception {
    for (String verb : List.of("list", "stats", "chain", "replay", "key")) {
      assertEquals(ExitCode.UNAVAILABLE, audit(verb), verb);
      says("there is no call log in `");
    }
    assertEquals(ExitCode.UNAVAILABLE, audit("show", "x"));
    assertEquals(ExitCode.UNAVAILABLE, audit("prove", "x"));
    assertEquals(ExitCode.UNAVAILABLE, audit("erase", "x", "--reason", "r"));
    assertEquals(ExitCode.UNAVAILABLE, audit("export", "--format", "csv"));
    write("one");
    assertEquals(ExitCode.UNAVAILABLE, audit("list", "--instance", "two"));
    says("there is no call log of `two`");
    says("it has one");
  }

  @Test
  void everyVerbKeepsToTheInstanceItWasGiven() throws Exception {
    write("one");
    write("two");
    String other = "of-two";
    for (String verb : List.of("list", "stats", "chain")) {
      assertEquals(ExitCode.OK, audit(verb, "--instance", "one"), said.toString());
      assertFalse(said.toString().contains(other), said.toString());
    }
    assertEquals(ExitCode.OK, audit("list", "--instance", "one", "--json"));
    assertFalse(said.toString().contains(other), said.toString());
    assertEquals(ExitCode.OK, audit("stats", "--json", "--instance", "one"));
    says("{\"records\":2,\"kind\":{\"admission\":1,\"refusal\":1}");
    assertEquals(ExitCode.FOUND, audit("show", other, "--instance", "one"));
    assertEquals(ExitCode.OK, audit("show", other));
    says("record 0 of instance `two`");
  }

  @Test
  void misspeltWordIsAnErrorOfTheCommandLineAndNotAnAnswer() throws Exception {
    write("one");
    assertEquals(ExitCode.USAGE, audit("list", "--kind", "refsual"));
    says("`refsual` is none of admission, outcome, refusal, event");
    assertEquals(ExitCode.USAGE, audit("stats", "--class", "Read"));
    assertEquals(ExitCode.USAGE, audit("chain", "--decision", "allow"));
    assertEquals(ExitCode.USAGE, audit("list", "--from", "yesterday"));
    assertEquals(ExitCode.OK, audit("list", "--kind", "refusal"), said.toString());
  }

  @Test
  void exportOfDecisionsSaysWhatItLeavesOut() throws Exception {
    write("one");
    CallLogSettings settings = CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      // the restart settled the admission that was open
      assertTrue(log.durableSize() >= 3);
    }
    assertEquals(ExitCode.OK, audit("export", "--format", "opa"));
    says("1 outcomes and events are no decisions and were left out");
    assertEquals(2, said.toString().lines().filter(line -> line.startsWith("{")).count());
    assertEquals(ExitCode.OK, audit("export", "--format", "csv"));
    assertEquals(4, said.toString().lines().count(), said.toString());
  }

  @Test
  void whatCannotBeProvenOrWrittenIsToldInWords() throws Exception {
    write("one");
    assertEquals(ExitCode.FOUND, audit("prove", "nope"));
    says("no record has the decision id `nope`");
    assertEquals(ExitCode.FOUND, audit("prove", "--seq", "99"));
    says("there is no record 99");
    assertEquals(ExitCode.FOUND, audit("prove", "--seq", "-1"));
    says("there is no record -1");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertEquals(ExitCode.UNAVAILABLE, audit("prove", "of-one", "-o", file.toString()));
    says("is there already and no folder");
    assertEquals(ExitCode.UNAVAILABLE, audit("prove", "of-one", "-o", folder.resolve("out").toString()));
    says("checkpoint");
  }

  @Test
  void whatIfTakesABundleAsWellAsAFolder() throws Exception {
    write("one");
    GuardFolder.in(folder);
    String policies = folder.resolve("policies").toString();
    String bundle = folder.resolve("b.tar.gz").toString();
    assertEquals(ExitCode.OK, run("policy", "bundle", "-p", policies, "-o", bundle));
    assertEquals(ExitCode.OK, audit("replay", "--policy", policies), said.toString());
    String byFolder = said.toString();
    assertEquals(ExitCode.OK, audit("replay", "--policy", bundle), said.toString());
    assertEquals(byFolder, said.toString());
    assertEquals(
        ExitCode.CONFIGURATION, audit("replay", "--policy", policies, "--scope", "x"));
    says("--scope");
    assertEquals(
        ExitCode.CONFIGURATION, audit("replay", "--policy", folder.resolve("none").toString()));
    Path damaged = Files.writeString(folder.resolve("damaged.tar.gz"), "no archive");
    assertEquals(ExitCode.CONFIGURATION, audit("replay", "--policy", damaged.toString()));
    says("damaged.tar.gz");
  }

  @Test
  void bundleIntoAFolderThatIsNotThereSaysSo() throws Exception {
    GuardFolder.in(folder);
    String policies = folder.resolve("policies").toString();
    String file = folder.resolve("none/b.tar.gz").toString();
    assertEquals(ExitCode.UNAVAILABLE, run("policy", "bundle", "-p", policies, "-o", file));
    says("cannot be written: there is no folder `");
    assertEquals(ExitCode.UNAVAILABLE, run("policy", "bundle", "-p", policies, "-o", policies));
    says("it is a folder; name a file");
  }

  @Test
  void evalWritesLoadErrorsAsJsonToo() throws Exception {
    GuardFolder made = GuardFolder.in(folder);
    String policies = folder.resolve("policies").toString();
    assertEquals(ExitCode.OK, run("policy", "eval", "-p", policies, "--json", "1 + 1"));
    made.write("policies/bad.rego", "package x\n\np if {");
    assertEquals(
        ExitCode.CONFIGURATION, run("policy", "eval", "-p", policies, "--json", "1 + 1"));
    assertTrue(said.toString().startsWith("{\"error\":\""), said.toString());
    says("bad.rego");
    assertEquals(
        ExitCode.CONFIGURATION,
        run("policy", "eval", "-p", policies, "--json", "-i", "none.json", "1 + 1"));
    assertTrue(said.toString().startsWith("{\"error\":\""), said.toString());
    assertEquals(ExitCode.CONFIGURATION, run("policy", "eval", "-p", policies, "1 + 1"));
    assertFalse(said.toString().startsWith("{"), said.toString());
  }

  @Test
  void testsThatMatchNothingHaveNotPassed() throws Exception {
    GuardFolder made = GuardFolder.in(folder);
    made.write("policies/a_test.rego", "package a_test\n\ntest_one if true\n");
    String policies = folder.resolve("policies").toString();
    assertEquals(ExitCode.OK, run("policy", "test", "-p", policies, "--run", "one"), said.toString());
    assertEquals(2, run("policy", "test", "-p", policies, "--run", "tow"));
    says("--run: no test matches `tow`");
  }
}
