package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that keeps a guard from working is found and told. */
class DoctorCommandTest {
  @TempDir Path folder;
  private GuardFolder guard = new GuardFolder(Path.of("."));

  @BeforeEach
  void prepare() throws IOException {
    guard = GuardFolder.in(folder);
  }

  private void configure(String from, String to) throws IOException {
    guard.write("mcp-guard.yaml", GuardFolder.CONFIGURATION.replace(from, to));
  }

  private void assertFinds(String... said) {
    GuardFolder.Outcome outcome = guard.run("doctor");
    assertEquals(ExitCode.FOUND, outcome.code(), outcome.text());
    for (String each : said) {
      assertTrue(outcome.text().contains(each), () -> each + " is not in " + outcome.text());
    }
  }

  @Test
  void aMachineThatIsFitIsFoundFit() throws Exception {
    guard.write("mcp-guard.yaml", GuardFolder.CONFIGURATION);
    GuardFolder.Outcome outcome = guard.run("doctor");
    assertTrue(outcome.text().contains("ok   java"), outcome.text());
    assertTrue(outcome.text().lines().noneMatch(line -> line.startsWith("BAD") && !line.contains("disk")), outcome.text());
  }

  @Test
  void aPortThatIsTakenIsTold() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort());
      assertFinds("BAD  port", "cannot be bound", "ss -ltnp");
    }
  }

  @Test
  void whatDoesNotAnswerIsTold() throws Exception {
    int closed;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = probe.getLocalPort();
    }
    String url = "http://127.0.0.1:" + closed;
    guard.write("servers/notes.yaml", GuardFolder.MANIFEST.replace("{type: stdio, command: [/bin/sh]}", "{type: http, url: \"" + url + "/mcp\"}"));
    configure("policy: {folder: policies}", "policy: {folder: policies, opa: {url: \"" + url + "\"}}\ntelemetry: {otlp: {endpoint: \"" + url + "\", headers: {Authorization: \"env:NOT_SET_ANYWHERE\"}}}\nissuers: [{issuer: \"https://issuer.example\", keys: {url: \"" + url + "/keys\"}}]");
    assertFinds("BAD  server", "BAD  opa", "BAD  telemetry", "`env:NOT_SET_ANYWHERE`, is empty", "BAD  issuer", "cannot be asked");
  }

  @Test
  void aProgramThatIsNotThereIsTold() throws Exception {
    guard.write("servers/notes.yaml", GuardFolder.MANIFEST.replace("/bin/sh", "no-such-program-here"));
    assertFinds("BAD  server", "`no-such-program-here` is no program here");
  }

  @Test
  void filesThatCannotBeReadAreTold() throws Exception {
    Files.delete(folder.resolve("issuer/issuer-jwks.json"));
    configure("audit: {folder: audit}", "audit: {folder: audit, payload-key-file: none.key, checkpoint-key-file: none.seed}");
    assertFinds("BAD  payload-key", "BAD  checkpoint-key", "none.seed` cannot be read", "BAD  issuer", "start the guard once");
  }

  @Test
  void aKeyThatEveryoneCanReadIsTold() throws Exception {
    guard.write("payload.key", "x");
    Files.setPosixFilePermissions(folder.resolve("payload.key"), PosixFilePermissions.fromString("rw-r--r--"));
    configure("audit: {folder: audit}", "audit: {folder: audit, payload-key-file: payload.key}");
    assertFinds("BAD  payload-key", "can be read by every user: chmod 600");
  }

  @Test
  void aCertificateThatExpiredOrIsNoneIsTold() throws Exception {
    Path chain = folder.resolve("chain.pem");
    dev.mcpguard.front.http.Certificates.write(folder, "chain", -1);
    configure("127.0.0.1:0\"}", "127.0.0.1:0\", tls: {certificate: chain.pem, key: chain-key.pem}}");
    assertFinds("BAD  tls", "expired at");
    dev.mcpguard.front.http.Certificates.write(folder, "chain", 5);
    assertFinds("BAD  tls", "expires at", "renew it now");
    Files.writeString(chain, "");
    assertFinds("BAD  tls");
  }

  @Test
  void aGuardThatRunsOnTheSameLogIsTold() throws Exception {
    guard.write("audit/guard/lock", "");
    // another process would hold it; in this one the JVM says so itself
    try (FileChannel channel = FileChannel.open(folder.resolve("audit/guard/lock"), StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      assertFinds("BAD  instance", "already holds the log");
    }
  }

  @Test
  void aClockApartFromTheIssuersIsTold() throws Exception {
    try (ServerSocket issuer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(issuer));
      configure("policy:", "issuers: [{issuer: \"https://issuer.example\", keys: {url: \"http://127.0.0.1:" + issuer.getLocalPort() + "/keys\"}}]\npolicy:");
      assertFinds("BAD  clock", "ahead of https://issuer.example: synchronize it");
    }
  }

  private static void answerOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket.getOutputStream().write(
          "HTTP/1.1 200 OK\r\nDate: Sun, 01 Nov 2026 00:00:00 GMT\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"keys\":[]}"
              .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
