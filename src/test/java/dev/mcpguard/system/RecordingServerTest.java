package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recording HTTP server tested with the raw client, and the other way round. */
class RecordingServerTest {
  private static final Request CALL = Request.call("echo", "{\"n\":0.1234567890123456789}");

  private final RecordingServer server = RecordingServer.start(Behaviour.standard());

  @AfterEach
  void close() {
    server.close();
  }

  private RawHttp.Response exchange(Request request) throws IOException {
    return RawHttp.exchange(server.port(), request.bytes("/mcp", server.port()));
  }

  @Test
  void everyByteOfARequestIsKept() throws IOException {
    byte[] sent = CALL.bytes("/mcp", server.port());
    RawHttp.Response answer = RawHttp.exchange(server.port(), sent);
    assertEquals(200, answer.status());
    assertEquals("echo {\"n\":0.1234567890123456789}", textOf(answer.json()));
    assertEquals(1, server.connections());
    assertArrayEquals(sent, server.received());
    assertArrayEquals(sent, server.calls().getFirst().raw());
    assertEquals("echo", server.calls().getFirst().tool());
  }

  @Test
  void oneConnectionCarriesSeveralRequestsInBothFramings() throws IOException {
    String chunked =
        "POST /mcp HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\n{\"\r\n1\r\nx\r\n0\r\n\r\n";
    try (RawHttp connection = RawHttp.connect(server.port())) {
      connection.send(Bytes.join(Bytes.of(chunked), CALL.bytes("/mcp", server.port())));
      assertEquals(400, connection.read().status());
      assertEquals(200, connection.read().status());
    }
    assertEquals(1, server.connections());
    assertEquals(
        List.of("{\"x", CALL.body()),
        server.requests().stream().map(r -> Bytes.text(r.body())).toList());
    assertEquals(chunked, Bytes.text(server.requests().getFirst().raw()));
  }

  @Test
  void bytesThatAreNoRequestAreKeptToo() throws Exception {
    try (RawHttp connection = RawHttp.connect(server.port())) {
      connection.send("half a li").finish();
      assertTrue(connection.closedByPeer());
    }
    assertEquals("half a li", Bytes.text(server.received()));
    assertTrue(server.requests().isEmpty());
    assertThrows(AssertionError.class, () -> server.assertNothingOf("a li"));
    server.assertNothingOf("marker");
  }

  @Test
  void modernDiscoverAndListCarryTheirEraFields() throws IOException {
    Json discovered = exchange(Request.modern("server/discover")).json();
    assertEquals(
        "[\"2026-07-28\"]",
        String.valueOf(discovered.at("result", "supportedVersions").orElseThrow()));
    Json listed = exchange(Request.modern("tools/list")).json();
    assertEquals(Optional.of("complete"), listed.textAt("result", "resultType"));
    assertEquals(404, exchange(Request.modern("ping")).status());
  }

  @Test
  void legacySessionsOpenServeAndEnd() throws IOException {
    RawHttp.Response opened = exchange(Request.initialize());
    String session = opened.header("mcp-session-id").orElseThrow();
    assertEquals(Optional.of("2025-11-25"), opened.json().textAt("result", "protocolVersion"));
    assertEquals(200, exchange(Request.legacy("tools/list", session)).status());
    assertEquals(400, exchange(Request.legacy("tools/list", "")).status());
    assertEquals(404, exchange(Request.legacy("tools/list", "other")).status());
    byte[] delete = Bytes.of("DELETE /mcp HTTP/1.1\r\nMcp-Session-Id: " + session + "\r\n\r\n");
    assertEquals(200, RawHttp.exchange(server.port(), delete).status());
    assertEquals(404, exchange(Request.legacy("tools/list", session)).status());
  }

  @Test
  void aServerOfOneEraRefusesTheOther() throws IOException {
    server.behave(Behaviour.standard().in(Era.LEGACY));
    assertEquals(400, exchange(Request.modern("server/discover")).status());
    server.behave(Behaviour.standard().in(Era.MODERN));
    Json refused = exchange(Request.initialize()).json();
    assertEquals("-32022", String.valueOf(refused.at("error", "code").orElseThrow()));
  }

  @Test
  void pushedMessagesReachOpenStreams() throws Exception {
    try (RawHttp stream = RawHttp.connect(server.port())) {
      stream.send(Request.modern("subscriptions/listen").id("\"L\"").bytes("/mcp", server.port()));
      assertEquals(200, stream.readStart().status());
      assertTrue(stream.readEvent().orElseThrow().data().contains("\"L\""));
      while (server.push("{\"pushed\":true}") == 0) {
        Thread.onSpinWait();
      }
      assertEquals("{\"pushed\":true}", stream.readEvent().orElseThrow().data());
    }
  }

  @Test
  void aPeerThatLeavesAHangingCallIsSeen() throws Exception {
    server.behave(Behaviour.standard().with(Hostility.HANG));
    try (RawHttp connection = RawHttp.connect(server.port())) {
      connection.send(CALL.bytes("/mcp", server.port()));
      server.awaitCalls(1);
      assertEquals(1, server.openConnections());
    }
    while (server.openConnections() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theDefinitionChangesFromTheGivenListing() throws IOException {
    server.behave(Behaviour.standard().changedFromList(2));
    String first = exchange(Request.modern("tools/list")).text();
    String second = exchange(Request.modern("tools/list")).text();
    assertTrue(first.contains("the tool echo"), first);
    assertFalse(second.contains("the tool echo"), second);
  }

  @ParameterizedTest
  @EnumSource(Hostility.class)
  void everyHostileModeRecordsTheCallFirst(Hostility mode) throws Exception {
    Hostile hostile = Hostile.of(mode).ofSize(100_000).atPace(Duration.ofMillis(1));
    server.behave(Behaviour.standard().with(hostile));
    try (RawHttp connection =
        RawHttp.connect(server.port(), Duration.ofMillis(mode == Hostility.HANG ? 200 : 5000))) {
      connection.send(CALL.meta("\"progressToken\":\"p\"").bytes("/mcp", server.port()));
      judge(mode, connection);
    }
    assertEquals(1, server.awaitCalls(1).size());
  }

  private static void judge(Hostility mode, RawHttp peer) throws IOException {
    switch (mode) {
      case NONE, SLOW_BYTES -> assertTrue(textOf(peer.read().json()).startsWith("echo "));
      case HANG -> assertThrows(SocketTimeoutException.class, peer::read);
      case CLOSE_MID_ANSWER -> assertThrows(IOException.class, peer::read);
      case ACT_THEN_DROP -> assertTrue(peer.closedByPeer());
      case STATUS_500 -> assertEquals(500, peer.read().status());
      case REDIRECT -> assertEquals(302, peer.read().status());
      case HEADER_SPLIT -> assertEquals(Optional.of("b\rc"), peer.read().header("x-forged"));
      case WRONG_ID -> assertEquals(Optional.of("somebody-elses"), peer.read().json().textAt("id"));
      case DUPLICATE_KEYS -> assertEquals(4, ((Json.Obj) peer.read().json()).members().size());
      case OVERSIZED -> assertEquals(100_000, peer.read().body().length);
      case MALFORMED_JSON -> assertThrows(JsonReader.Unreadable.class, () -> peer.read().json());
      case NOT_UTF8 -> assertTrue(Bytes.text(peer.read().body()).contains("\u00ff"));
      case FORGED_DENIAL -> assertTrue(peer.read().text().contains("-31001"));
      case SECOND_ANSWER -> assertEquals(2, events(peer).size());
      case SERVER_REQUEST ->
          assertEquals(Optional.of("s1"), events(peer).getFirst().json().textAt("id"));
      case PROGRESS -> assertEquals(4, events(peer).size());
      case ENDLESS_NOTIFICATIONS -> {
        peer.readStart();
        for (int number = 1; number <= 20; number++) {
          assertTrue(
              peer.readEvent().orElseThrow().data().contains("\"progress\":" + number + ","));
        }
      }
    }
  }

  @Test
  void aRedirectLeadsWhereItIsTold() throws IOException {
    server.behave(Behaviour.standard().with(Hostile.redirect(URI.create("http://127.0.0.1:1/x"))));
    assertEquals(Optional.of("http://127.0.0.1:1/x"), exchange(CALL).header("location"));
  }

  private static List<RawHttp.Event> events(RawHttp peer) throws IOException {
    assertEquals(200, peer.readStart().status());
    List<RawHttp.Event> all = new java.util.ArrayList<>();
    for (var event = peer.readEvent(); event.isPresent(); event = peer.readEvent()) {
      all.add(event.get());
    }
    return all;
  }

  private static String textOf(Json answer) {
    Json content = answer.at("result", "content").orElseThrow();
    return ((Json.Arr) content).elements().getFirst().textAt("text").orElseThrow();
  }
}
