package dev.mcpguard.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuer's folder and its tokens. */
final class DevelopmentIssuerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  @TempDir Path folder;

  private static String token(DevelopmentIssuer issuer) {
    return issuer.token(
        new TokenRequest("reader", List.of("https://g/mcp"), "mcp:read", Duration.ofMinutes(5)));
  }

  private static ECKey published(DevelopmentIssuer issuer) throws Exception {
    return JWKSet.load(issuer.publicKeys().toFile()).getKeys().get(0).toECKey();
  }

  @Test
  void tokenVerifiesWithThePublishedKeyAndOutlivesARestart() throws Exception {
    SignedJWT token = SignedJWT.parse(token(DevelopmentIssuer.open(folder, CLOCK)));
    DevelopmentIssuer again = DevelopmentIssuer.open(folder, CLOCK);
    assertTrue(token.verify(new ECDSAVerifier(published(again))));
    assertEquals("at+jwt", token.getHeader().getType().toString());
    assertEquals("reader", token.getJWTClaimsSet().getStringClaim("client_id"));
    Files.delete(again.publicKeys());
    assertTrue(token.verify(new ECDSAVerifier(published(DevelopmentIssuer.open(folder, CLOCK)))));
  }

  @Test
  void privateKeyIsForTheOwnerAloneAndNotPublished() throws Exception {
    DevelopmentIssuer issuer = DevelopmentIssuer.open(folder, CLOCK);
    assertFalse(published(issuer).isPrivate());
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(folder.resolve("issuer-key.json")));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "nothing temporary is left");
    }
  }

  @Test
  void unreadableKeySaysWhatToDo() throws Exception {
    Files.writeString(folder.resolve("issuer-key.json"), "{");
    IOException failed =
        assertThrows(IOException.class, () -> DevelopmentIssuer.open(folder, CLOCK));
    assertTrue(String.valueOf(failed.getMessage()).contains("delete it to make a new one"));
  }

  @Test
  void processesThatStartAtOnceShareOneKey() throws Exception {
    Set<String> keys = ConcurrentHashMap.newKeySet();
    Callable<Void> start =
        () -> {
          keys.add(
              SignedJWT.parse(token(DevelopmentIssuer.open(folder, CLOCK))).getHeader().getKeyID());
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(java.util.Collections.nCopies(8, start))) {
        done.get();
      }
    }
    assertEquals(1, keys.size());
  }

  @Test
  void requestWithoutSubjectAudienceOrLifetimeCannotBeMade() {
    Duration minute = Duration.ofMinutes(1);
    assertThrows(
        IllegalArgumentException.class, () -> new TokenRequest(" ", List.of("a"), "", minute));
    assertThrows(
        IllegalArgumentException.class, () -> new TokenRequest("s", List.of(), "", minute));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenRequest("s", List.of("a"), "", Duration.ZERO));
  }
}
