package dev.mcpguard.front.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of the front is read again when its files change, and only then. */
class TlsContextsTest {
  @TempDir Path folder;
  private long age;

  private TlsSettings settings() {
    return new TlsSettings(folder.resolve("guard.pem"), folder.resolve("guard-key.pem"), null);
  }

  /** Files of one second may carry one time; a renewed certificate never does. */
  private void renewed() throws IOException {
    age++;
    for (String name : new String[] {"guard.pem", "guard-key.pem"}) {
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(age)));
    }
  }

  @Test
  void aRenewedCertificateIsInForceWithoutARestart() throws Exception {
    Certificates.write(folder, "guard", 10);
    TlsContexts contexts = new TlsContexts(settings());
    var first = contexts.current();
    contexts.refresh();
    assertSame(first, contexts.current());
    Certificates.write(folder, "guard", 20);
    renewed();
    contexts.refresh();
    assertNotSame(first, contexts.current());
  }

  @Test
  void filesThatDoNotFitLeaveTheLastGoodOnesInForceUntilTheyAreMended() throws Exception {
    Certificates.write(folder, "guard", 10);
    TlsContexts contexts = new TlsContexts(settings());
    var first = contexts.current();
    Files.writeString(folder.resolve("guard.pem"), "half a certificate");
    renewed();
    contexts.refresh();
    assertSame(first, contexts.current());
    Files.delete(folder.resolve("guard.pem"));
    contexts.refresh();
    assertSame(first, contexts.current());
    Certificates.write(folder, "guard", 20);
    renewed();
    contexts.refresh();
    assertNotSame(first, contexts.current());
  }

  @Test
  void aGuardDoesNotStartWithoutAUsableCertificate() {
    assertThrows(IOException.class, () -> new TlsContexts(settings()));
  }
}
