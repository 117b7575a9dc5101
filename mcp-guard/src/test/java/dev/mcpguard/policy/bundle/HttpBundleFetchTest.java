package dev.mcpguard.policy.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.policy.bundle.BundleFetch.Fetched;
import dev.mcpguard.policy.opa.StubServer;
import dev.mcpguard.registry.SecretReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that redirects, drips, floods, lies or is away gives no bundle. */
class HttpBundleFetchTest {
  @TempDir Path folder = Path.of("");

  private static final int LARGEST = 1000;

  private static Fetched fetch(
      StubServer server, @Nullable String etag, Duration timeout, @Nullable Duration hold,
      @Nullable SecretReference token)
      throws Exception {
    BundleOrigin.Url origin =
        new BundleOrigin.Url(
            server.url().resolve("/b.tar.gz"), token, BundleOrigin.Tls.STANDARD,
            new BundleOrigin.Polling(
                Duration.ofSeconds(1), Duration.ofSeconds(2), hold, timeout));
    try (HttpBundleFetch fetch = new HttpBundleFetch(origin, LARGEST)) {
      return fetch.fetch(etag);
    }
  }

  private static Fetched fetch(StubServer.Script script, @Nullable String etag) throws Exception {
    try (StubServer server = new StubServer(script)) {
      return fetch(server, etag, Duration.ofSeconds(20), null, null);
    }
  }

  private static byte[] answer(String status, String headers, String body) {
    return ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
            + "\r\nConnection: close\r\n\r\n" + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertFailed(String words, Fetched fetched) {
    Fetched.Failed failed = assertInstanceOf(Fetched.Failed.class, fetched, words);
    assertTrue(failed.problem().contains(words), failed.problem());
  }

  @Test
  void bundleComesWithItsTag() throws Exception {
    Fetched.News news =
        assertInstanceOf(
            Fetched.News.class,
            fetch(out -> out.write(answer("200 OK", "ETag: \"a1\"\r\n", "bundle")), null));
    assertArrayEquals("bundle".getBytes(StandardCharsets.US_ASCII), news.archive());
    assertEquals("\"a1\"", news.etag());
    assertFalse(news.holds());
  }

  @Test
  void tagThatIsNoTagIsForgotten() throws Exception {
    for (String tag : new String[] {"bare", "\"" + "x".repeat(2000) + "\"", "\"a\"b\""}) {
      Fetched.News news =
          assertInstanceOf(
              Fetched.News.class,
              fetch(out -> out.write(answer("200 OK", "ETag: " + tag + "\r\n", "bundle")), null));
      assertNull(news.etag(), tag);
    }
  }

  @Test
  void questionNamesTagTokenAndPatience() throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
    SecretReference reference = Objects.requireNonNull(SecretReference.ofText("file:" + secret));
    try (StubServer server =
        new StubServer(
            out ->
                out.write(
                    answer(
                        "304 Not Modified",
                        "Content-Type: application/vnd.openpolicyagent.bundles\r\n", "")))) {
      Fetched fetched =
          fetch(server, "\"a1\"", Duration.ofSeconds(20), Duration.ofSeconds(30), reference);
      assertTrue(assertInstanceOf(Fetched.Unchanged.class, fetched).holds());
      String head = server.requests().getFirst();
      assertTrue(head.contains("If-None-Match: \"a1\""), head);
      assertTrue(head.contains("Prefer: modes=snapshot;wait=30"), head);
      assertTrue(head.contains("Authorization: Bearer s3cret"), head);
    }
  }

  @Test
  void missingTokenIsNotLeftOut() throws Exception {
    SecretReference reference =
        Objects.requireNonNull(SecretReference.ofText("file:" + folder.resolve("gone")));
    try (StubServer server = StubServer.json("{}")) {
      assertFailed("token", fetch(server, null, Duration.ofSeconds(20), null, reference));
      assertTrue(server.requests().isEmpty());
    }
  }

  @Test
  void notModifiedIsNoAnswerToWhoHasNothing() throws Exception {
    assertFailed("304", fetch(out -> out.write(answer("304 Not Modified", "", "")), null));
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (StubServer other = StubServer.json("bundle")) {
      for (String status : new String[] {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
        assertFailed(
            "redirects",
            fetch(
                out -> out.write(answer(status, "Location: " + other.url() + "/\r\n", "")), null));
      }
      assertTrue(other.requests().isEmpty());
    }
  }

  @Test
  void errorsAreNoBundles() throws Exception {
    for (String status : new String[] {"500 Internal", "404 Not Found", "401 Unauthorized", "204 No Content", "206 Partial Content"}) {
      assertFailed("status", fetch(out -> out.write(answer(status, "", "")), "\"a\""));
    }
    assertFailed("failed", fetch(out -> out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII)), null));
  }

  @Test
  void oversizedBundleIsNotKept() throws Exception {
    assertFailed(
        "failed", fetch(out -> out.write(answer("200 OK", "", "x".repeat(LARGEST + 1))), null));
    assertFailed(
        "failed",
        fetch(
            out -> {
              out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              for (int i = 0; i < 100_000; i++) {
                out.write(new byte[1000]);
              }
            },
            null));
  }

  @Test
  void cutBundleIsNoBundle() throws Exception {
    assertFailed(
        "failed",
        fetch(
            out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII)),
            null));
  }

  @Test
  void serverThatHangsOrDripsIsGivenUp() throws Exception {
    StubServer.Script hangs = out -> Thread.sleep(60_000);
    StubServer.Script drips =
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 900; i++) {
            out.write('x');
            out.flush();
            Thread.sleep(50);
          }
        };
    for (StubServer.Script script : new StubServer.Script[] {hangs, drips}) {
      try (StubServer server = new StubServer(script)) {
        assertInstanceOf(
            Fetched.Failed.class, fetch(server, null, Duration.ofMillis(700), null, null));
      }
    }
  }

  @Test
  void deadServerIsAFailure() throws IOException, Exception {
    StubServer gone = StubServer.json("{}");
    gone.close();
    assertInstanceOf(
        Fetched.Failed.class, fetch(gone, null, Duration.ofSeconds(5), null, null));
  }
}
