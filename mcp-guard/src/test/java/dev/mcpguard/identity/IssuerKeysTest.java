package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from files and key servers that fail, lie and stall (threats A6, A7). */
final class IssuerKeysTest {
  private static final IssuerSettings.Profile PROFILE = IssuerSettings.Profile.ACCESS_TOKEN;
  private static final String SET = SigningKey.set("", Desk.KEY);

  private final FakeClock clock = new FakeClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpServer> servers = new java.util.ArrayList<>();
  private volatile String document = SET;

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private RemoteIssuerKeys remote() {
    KeyFetch fetch =
        url -> {
          fetches.incrementAndGet();
          if (document.isEmpty()) {
            throw new IOException("away");
          }
          return document.getBytes(StandardCharsets.UTF_8);
        };
    return new RemoteIssuerKeys(
        URI.create("https://login.example.com/jwks"), PROFILE, fetch, clock, Runnable::run);
  }

  @Test
  void a7FloodOfUnknownKeyIdsFetchesOnce() throws Exception {
    RemoteIssuerKeys keys = remote();
    assertNotNull(keys.current().find("k1"));
    clock.advance(Duration.ofMinutes(1));
    List<Future<?>> flood = new java.util.ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String kid = "random" + i;
      flood.add(
          threads.submit(
              () -> {
                assertNull(keys.renewed().find(kid));
                return null;
              }));
    }
    for (Future<?> one : flood) {
      one.get();
    }
    assertEquals(2, fetches.get());
    clock.advance(RemoteIssuerKeys.BETWEEN_FETCHES);
    keys.renewed();
    assertEquals(3, fetches.get());
  }

  @Test
  void a15RotatedKeyStopsCountingWithinTheBound() throws RefusedTokenException {
    RemoteIssuerKeys keys = remote();
    KeySet before = keys.current();
    clock.advance(RemoteIssuerKeys.FRESH.plusSeconds(1));
    assertSame(before, keys.current(), "the same document leaves what it verified verified");
    document = SigningKey.set("", SigningKey.of("k2", "ES256"));
    clock.advance(RemoteIssuerKeys.FRESH);
    assertSame(before, keys.current());
    clock.advance(Duration.ofSeconds(1));
    assertNull(keys.current().find("k1"));
    assertNotNull(keys.current().find("k2"));
  }

  @Test
  void a6LastGoodKeysAreKeptForABoundedTime() throws RefusedTokenException {
    RemoteIssuerKeys keys = remote();
    KeySet good = keys.current();
    document = "";
    clock.advance(RemoteIssuerKeys.LAST_GOOD);
    assertSame(good, keys.current());
    clock.advance(Duration.ofSeconds(1));
    assertThrows(RefusedTokenException.class, keys::current);
    document = SET;
    clock.advance(RemoteIssuerKeys.BETWEEN_FETCHES);
    assertNotNull(keys.current().find("k1"));
  }

  @Test
  void deadKeyServerIsAskedRarely() {
    document = "";
    RemoteIssuerKeys keys = remote();
    for (int i = 0; i < 100; i++) {
      assertThrows(RefusedTokenException.class, keys::current);
    }
    assertEquals(1, fetches.get());
    document = SET;
    clock.advance(Duration.ofSeconds(5));
    assertTrue(new TrustedIssuer(IssuerSettings.strict("i"), keys).keysAvailable());
  }

  private URI serve(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Test
  void goodKeyServerIsRead() throws Exception {
    URI url = serve(exchange -> answer(exchange, 200, SET));
    byte[] read = new HttpKeyFetch(Duration.ofSeconds(20), null).get(url);
    assertEquals(SET, new String(read, StandardCharsets.UTF_8));
  }

  @Test
  void a6RedirectIsNotFollowed() throws Exception {
    AtomicInteger trap = new AtomicInteger();
    URI trapUrl =
        serve(
            exchange -> {
              trap.incrementAndGet();
              answer(exchange, 200, SET);
            });
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      URI url =
          serve(
              exchange -> {
                exchange.getResponseHeaders().set("Location", trapUrl.toString());
                answer(exchange, status, "");
              });
      assertThrows(IOException.class, () -> new HttpKeyFetch(Duration.ofSeconds(20), null).get(url));
    }
    assertEquals(0, trap.get());
  }

  @Test
  void a6ErrorsAndPagesAreNoKeys() throws Exception {
    URI broken = serve(exchange -> answer(exchange, 500, SET));
    assertThrows(IOException.class, () -> new HttpKeyFetch(Duration.ofSeconds(20), null).get(broken));
    URI page = serve(exchange -> answer(exchange, 200, "<html>sign in</html>"));
    RemoteIssuerKeys keys =
        new RemoteIssuerKeys(
            page, PROFILE, new HttpKeyFetch(Duration.ofSeconds(20), null), clock, Runnable::run);
    assertThrows(RefusedTokenException.class, keys::current);
  }

  @Test
  void a6EndlessAnswerIsCutOff() throws Exception {
    AtomicLong sent = new AtomicLong();
    URI url =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 1L << 30);
              byte[] chunk = new byte[1 << 16];
              try (OutputStream out = exchange.getResponseBody()) {
                for (long i = 0; i < 1L << 30; i += chunk.length) {
                  out.write(chunk);
                  sent.addAndGet(chunk.length);
                }
              }
            });
    assertThrows(IOException.class, () -> new HttpKeyFetch(Duration.ofSeconds(60), null).get(url));
    assertTrue(sent.get() < 64 << 20, "sent " + sent.get());
  }

  @Test
  void a6SlowAnswerAndSilentAnswerEndWithThePatience() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    URI slow =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream out = exchange.getResponseBody();
              while (end.getCount() > 0) {
                out.write(' ');
                out.flush();
                pause(end);
              }
            });
    URI silent =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().flush();
              while (end.getCount() > 0) {
                pause(end);
              }
            });
    // The server would go on for ever: that the call ends at all is what is asserted.
    HttpKeyFetch fetch = new HttpKeyFetch(Duration.ofMillis(1_500), null);
    assertThrows(IOException.class, () -> fetch.get(slow));
    assertThrows(IOException.class, () -> fetch.get(silent));
    end.countDown();
  }

  private static void pause(CountDownLatch end) {
    try {
      end.await(200, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      end.countDown();
    }
  }

  @Test
  void fileIsReadAgainAndABrokenChangeKeepsTheLastGoodKeys(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("jwks.json");
    AtomicLong nanos = new AtomicLong();
    FileIssuerKeys keys = new FileIssuerKeys(file, PROFILE, nanos::get);
    assertThrows(RefusedTokenException.class, keys::current);
    Files.writeString(file, SET);
    KeySet first = keys.current();
    Files.writeString(file, "{");
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertSame(first, keys.current());
    Files.writeString(file, SigningKey.set("", SigningKey.of("k2", "ES256")));
    assertSame(first, keys.current(), "not looked at within the second");
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertNotNull(keys.renewed().find("k2"));
    assertNull(keys.current().find("k1"));
    Files.delete(file);
    nanos.addAndGet(Duration.ofHours(11).toNanos());
    assertNotNull(keys.current().find("k2"));
    nanos.addAndGet(Duration.ofHours(2).toNanos());
    assertThrows(RefusedTokenException.class, keys::current);
  }
}
