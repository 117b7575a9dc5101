package dev.mcpguard.publish.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.note.Cosigner;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.proof.Attestation;
import dev.mcpguard.audit.proof.Checkpointer;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.audit.proof.Witness;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.WitnessReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F4: a log before a witness of its own over HTTP (C2SP tlog-witness). */
class WitnessTest {
  private static final NoteSigner LOG = NoteSigner.of("mcp-guard/one", new byte[32]);
  private static final Cosigner COSIGNER =
      new Cosigner(NoteSigner.of("witness.example/w1", filled(7)));
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path folder;
  private @Nullable WitnessServer server;

  private static byte[] filled(int value) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) value);
    return seed;
  }

  @BeforeEach
  void startWitness() throws Exception {
    server = serve("witness", null);
  }

  private WitnessServer serve(String name, @Nullable String token) throws IOException {
    Witness witness =
        new Witness(
            folder.resolve(name), List.of(LOG.verifier()), COSIGNER, InstantSource.fixed(NOW));
    return WitnessServer.start(witness, loopback(), token);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stopWitness() {
    if (server != null) {
      server.close();
    }
  }

  private HttpWitness client(@Nullable String token) {
    return client(Objects.requireNonNull(server).port(), token);
  }

  private static HttpWitness client(int port, @Nullable String token) {
    return new HttpWitness(
        URI.create("http://127.0.0.1:" + port), () -> token, Duration.ofSeconds(20), null);
  }

  private InstanceFolder log(String audit, int records, String reason) throws Exception {
    CallLogReader reader = new CallLogReader(folder.resolve(audit), null);
    CallLogSettings settings =
        CallLogSettings.of(folder.resolve(audit), "one").withDisk(0, 0);
    long size;
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 0; i < records; i++) {
        JsonObject body = JsonObject.builder().put("reason", reason).build();
        open.settle(new CallRecord(RecordKind.EVENT, reason + i, body, Map.of()));
      }
      size = open.durableSize();
    }
    try (Checkpointer checkpointer = new Checkpointer(reader, "one", LOG, () -> size, List.of())) {
      checkpointer.publish();
    }
    return reader.instance("one");
  }

  private Attestation attestation(InstanceFolder log, HttpWitness client) throws IOException {
    return new Attestation(log, LOG.verifier(), client, COSIGNER.verifier());
  }

  private static void wipe(Path audit) throws IOException {
    try (var files = Files.walk(audit)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void everyGrowthOfTheLogIsCosignedAndKeptBesideIt() throws Exception {
    try (HttpWitness client = client(null)) {
      InstanceFolder log = log("audit", 5, "a");
      Attestation attestation = attestation(log, client);
      assertEquals(5, attestation.submit());
      assertEquals(5, attestation.submit());
      for (int more : List.of(1, 2, 250, 300)) {
        log("audit", more, "b" + more);
        attestation.submit();
      }
      assertEquals(558, attestation.submit());
      String kept = Files.readString(Attestation.file(log));
      assertNotNull(COSIGNER.verifier().open(kept));
      assertEquals(kept, client.newest("mcp-guard/one"));
      assertTrue(
          new Verifier(log, LOG.verifier(), List.of(kept)).verify(done -> {}).good());
    }
  }

  @Test
  void aClientThatForgotWhatWasCosignedIsToldAndGoesOn() throws Exception {
    try (HttpWitness client = client(null)) {
      InstanceFolder log = log("audit", 3, "a");
      attestation(log, client).submit();
      log("audit", 4, "b");
      Files.delete(Attestation.file(log));
      assertEquals(7, attestation(log, client).submit());
    }
  }

  @Test
  void f4_aLogWhoseTailWasCutCannotPass() throws Exception {
    try (HttpWitness client = client(null)) {
      attestation(log("audit", 9, "a"), client).submit();
      wipe(folder.resolve("audit"));
      InstanceFolder cut = log("audit", 4, "a");
      IOException found = assertThrows(IOException.class, () -> attestation(cut, client).submit());
      assertTrue(found.getMessage().contains("tail was cut off"), found.getMessage());
      String kept = Objects.requireNonNull(client.newest("mcp-guard/one"));
      assertTrue(!new Verifier(cut, LOG.verifier(), List.of(kept)).verify(done -> {}).good());
    }
  }

  @Test
  void f4_aRewrittenLogThatIsSignedAgainCannotPass() throws Exception {
    try (HttpWitness client = client(null)) {
      attestation(log("audit", 4, "a"), client).submit();
      wipe(folder.resolve("audit"));
      for (int size : List.of(4, 9)) {
        InstanceFolder forged = log("audit", size == 4 ? 4 : 5, "forged");
        IOException found =
            assertThrows(IOException.class, () -> attestation(forged, client).submit());
        assertTrue(found.getMessage().contains("rewritten"), found.getMessage());
      }
    }
  }

  @Test
  void onlyAKnownLogWithItsOwnKeyIsCosigned() throws Exception {
    try (HttpWitness client = client(null)) {
      String stranger = NoteSigner.of("another/log", filled(1)).sign("another/log\n1\n" + "A".repeat(43) + "=\n");
      assertEquals(new WitnessReply.Refused(404), client.addCheckpoint("old 0\n\n" + stranger));
      String forged = NoteSigner.of("mcp-guard/one", filled(1)).sign("mcp-guard/one\n1\n" + "A".repeat(43) + "=\n");
      assertEquals(new WitnessReply.Refused(403), client.addCheckpoint("old 0\n\n" + forged));
      String own = LOG.sign("mcp-guard/one\n1\n" + "A".repeat(43) + "=\n");
      for (String malformed :
          List.of("", "old 0\n", "old -1\n\n" + own, "old 01\n\n" + own, "new 0\n\n" + own,
              "old 0\nnot base64\n\n" + own, "old 2\n\n" + own,
              "old 0\n" + ("A".repeat(43) + "=\n").repeat(64) + "\n" + own)) {
        assertEquals(new WitnessReply.Refused(400), client.addCheckpoint(malformed), malformed);
      }
      assertEquals(
          new WitnessReply.Refused(422),
          client.addCheckpoint("old 0\n" + "A".repeat(43) + "=\n\n" + own));
      assertEquals(new WitnessReply.Conflict(0), client.addCheckpoint("old 1\n\n" + own));
      assertNull(client.newest("mcp-guard/one"));
    }
  }

  @Test
  void aWitnessThatRestartsRemembers() throws Exception {
    InstanceFolder log = log("audit", 5, "a");
    try (HttpWitness client = client(null)) {
      attestation(log, client).submit();
    }
    Objects.requireNonNull(server).close();
    server = serve("witness", null);
    try (HttpWitness client = client(null)) {
      String own = LOG.sign("mcp-guard/one\n1\n" + "A".repeat(43) + "=\n");
      assertEquals(new WitnessReply.Conflict(5), client.addCheckpoint("old 0\n\n" + own));
    }
  }

  @Test
  void theBearerTokenIsAskedFor() throws Exception {
    try (WitnessServer guarded = serve("guarded", "witness-token");
        HttpWitness without = client(guarded.port(), null);
        HttpWitness with = client(guarded.port(), "witness-token")) {
      assertEquals(new WitnessReply.Refused(401), without.addCheckpoint("old 0\n\nx"));
      assertEquals(new WitnessReply.Refused(400), with.addCheckpoint("old 0\n\nx"));
    }
  }

  @Test
  void anAnswerWithoutAValidCosignatureIsNotBelieved() throws Exception {
    HttpServer liar = HttpServer.create(loopback(), 0);
    String other =
        new Cosigner(NoteSigner.of("witness.example/w1", filled(9))).line("mcp-guard/one\n", 1);
    liar.createContext(
        "/", exchange -> {
          byte[] body = other.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    liar.start();
    try (HttpWitness client = client(liar.getAddress().getPort(), null)) {
      InstanceFolder log = log("audit", 2, "a");
      IOException found = assertThrows(IOException.class, () -> attestation(log, client).submit());
      assertTrue(found.getMessage().contains("no cosignature"), found.getMessage());
      assertTrue(Files.notExists(Attestation.file(log)));
    } finally {
      liar.stop(0);
    }
  }

  @Test
  void aWitnessThatNeverEndsItsAnswerIsLeft() throws Exception {
    HttpServer endless = HttpServer.create(loopback(), 0);
    endless.createContext(
        "/", exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 1_000; i++) {
              out.write(new byte[1 << 16]);
            }
          }
        });
    endless.start();
    try (HttpWitness client = client(endless.getAddress().getPort(), null)) {
      assertThrows(IOException.class, () -> client.addCheckpoint("old 0\n\nx"));
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void theKeyOfAWitnessIsReadAsItIsWritten() {
    CosignatureKey key = COSIGNER.verifier();
    assertEquals(key.text(), CosignatureKey.ofText(key.text()).text());
    assertThrows(
        IllegalArgumentException.class, () -> CosignatureKey.ofText(LOG.verifier().text()));
  }

  /** The example of C2SP tlog-cosignature: what others sign, we verify. */
  @Test
  void aForeignCosignatureLineOfTheSameNameAndAnotherKeyIsPassedOver() {
    String text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    String own = COSIGNER.line(text, 1_679_315_147);
    String foreign =
        "\u2014 witness.example/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    assertNull(COSIGNER.verifier().lineOf(text, foreign));
    assertEquals(own.strip(), COSIGNER.verifier().lineOf(text, foreign + own));
    assertNull(COSIGNER.verifier().lineOf(text.replace("163", "164"), own));
  }
}
