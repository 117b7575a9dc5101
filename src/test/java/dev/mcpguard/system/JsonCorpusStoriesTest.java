package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant I1, rows C1 to C4 and C16: every document of JSONTestSuite as whole body, as parameters,
 * as the value of an argument, as the payload of a well-signed token and as the answer of a server.
 * What must be refused is refused, and duplicate keys besides; nothing of it is forwarded; each leaves
 * exactly one record; what must be accepted arrives digit for digit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonCorpusStoriesTest {
  private static final byte[] PLACE = Bytes.of("\"place\"");

  private final List<Corpus.Document> documents = Corpus.documents();
  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.start(folder);
    assertEquals(149, documents.size());
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  /** The good call around these bytes as body. */
  private byte[] around(byte[] body) {
    String head = Bytes.text(guard.good().bytes(GuardFixture.PATH, guard.port(), ""));
    return Bytes.join(
        Bytes.of(head.replace("Content-Length: 0", "Content-Length: " + body.length)), body);
  }

  private static byte[] filled(String template, byte[] document) {
    byte[] bytes = Bytes.of(template);
    int at = Bytes.indexOf(bytes, PLACE, 0);
    return Bytes.join(
        java.util.Arrays.copyOf(bytes, at),
        document,
        java.util.Arrays.copyOfRange(bytes, at + PLACE.length, bytes.length));
  }

  /** What the oracle's own parser makes of it: present if it is strict JSON without repetitions. */
  private static Optional<Json> strict(Corpus.Document document) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(document.bytes()))
              .toString();
      return Optional.of(Json.read(text)).filter(value -> !repeats(value));
    } catch (java.nio.charset.CharacterCodingException | JsonReader.Unreadable refused) {
      return Optional.empty();
    }
  }

  private static boolean repeats(Json value) {
    return switch (value) {
      case Json.Obj object ->
          object.members().stream().map(Json.Member::name).distinct().count()
                  < object.members().size()
              || object.members().stream().anyMatch(member -> repeats(member.value()));
      case Json.Arr array -> array.elements().stream().anyMatch(JsonCorpusStoriesTest::repeats);
      case Json.Str _, Json.Word _ -> false;
    };
  }

  /** Sends it; the answer is an error of one of these codes and nothing reached the server. */
  private void refused(byte[] request, Corpus.Document document, Set<String> codes)
      throws Exception {
    int calls = guard.downstream().calls().size();
    RawHttp.Response answer = guard.send(request);
    GuardFixture.assertWellFormed(answer);
    String code = answer.json().at("error", "code").map(Json::toString).orElse("none");
    assertTrue(codes.contains(code), () -> document + " got " + code + ": " + answer.text());
    assertEquals(calls, guard.downstream().calls().size(), document::toString);
  }

  /** Exactly so many terminal records, for one of these reasons each, and a good call works. */
  private void assertRecords(int before, int count, Set<String> reasons) throws Exception {
    List<Json> left = guard.log().terminalsAfter(before, count);
    assertEquals(count, left.size());
    for (Json record : left) {
      assertTrue(reasons.contains(LogView.text(record, "reason")), record::toString);
      assertEquals("not-forwarded", LogView.text(record, "fate"), record::toString);
    }
    guard.log().assertVerifies();
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void c1_c3_c4_noDocumentIsARequest() throws Exception {
    int before = guard.log().settledTerminals();
    for (Corpus.Document document : documents) {
      Set<String> codes =
          switch (document.expect()) {
            case "n" -> Set.of("-32700");
            case "y" -> strict(document).isPresent() ? Set.of("-32600") : Set.of("-32700");
            default -> Set.of("-32600", "-32700");
          };
      refused(around(document.bytes()), document, codes);
    }
    assertRecords(before, documents.size(), Set.of("malformed", "request-invalid"));
  }

  @Test
  void c1_c3_c4_noDocumentIsParameters() throws Exception {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":\"place\"}";
    int before = guard.log().settledTerminals();
    for (Corpus.Document document : documents) {
      Set<String> codes =
          document.expect().equals("n") ? Set.of("-32700") : Set.of("-32600", "-32602", "-32700");
      refused(around(filled(body, document.bytes())), document, codes);
    }
    assertRecords(
        before, documents.size(), Set.of("malformed", "request-invalid", "params-invalid"));
  }

  @Test
  void c1_c3_c4_whatIsNoStrictJsonIsNoArgument() throws Exception {
    String body = guard.good().body().replace("\"n\":1", "\"v\":\"place\"");
    int before = guard.log().settledTerminals();
    int sent = 0;
    for (Corpus.Document document : documents) {
      if (document.expect().equals("n") || strict(document).isEmpty()) {
        refused(around(filled(body, document.bytes())), document, Set.of("-32700"));
        sent++;
      }
    }
    assertTrue(sent >= 92, "documents refused: " + sent);
    assertRecords(before, sent, Set.of("malformed"));
  }

  @Test
  void c4_whatMustBeAcceptedArrivesDigitForDigit() throws Exception {
    String body = guard.good().body().replace("\"n\":1", "\"v\":\"place\"");
    int permitted = 0;
    int before = guard.log().settledTerminals();
    for (Corpus.Document document : documents) {
      Optional<Json> value = strict(document);
      if (!document.expect().equals("y") || value.isEmpty()) {
        continue;
      }
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(around(filled(body, document.bytes())));
      assertEquals(200, answer.status(), () -> document + answer.text());
      List<RecordedRequest> received = guard.downstream().calls();
      assertEquals(calls + 1, received.size(), document::toString);
      Json arrived =
          received.getLast().json().flatMap(call -> call.at("params", "arguments", "v")).orElseThrow();
      assertEquals(value.get().toString(), arrived.toString(), document::toString);
      permitted++;
    }
    assertTrue(permitted >= 38, "documents permitted: " + permitted);
    List<Json> left = guard.log().terminalsAfter(before, permitted);
    assertEquals(permitted, left.size());
    assertTrue(left.stream().allMatch(each -> LogView.text(each, "fate").equals("executed")));
    guard.log().assertVerifies();
  }

  @Test
  void c3_c4_whatIsLeftOpenIsRefusedOrArrivesUnchanged() throws Exception {
    String body = guard.good().body().replace("\"n\":1", "\"v\":\"place\"");
    for (Corpus.Document document : documents) {
      if (!document.expect().equals("i")) {
        continue;
      }
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(around(filled(body, document.bytes())));
      List<RecordedRequest> received = guard.downstream().calls();
      if (answer.status() == 200) {
        assertEquals(calls + 1, received.size(), document::toString);
        byte[] sent = document.bytes();
        byte[] arrived = received.getLast().body();
        assertTrue(Bytes.indexOf(arrived, sent, 0) >= 0, () -> document + Bytes.text(arrived));
      } else {
        assertEquals(400, answer.status(), document::toString);
        assertEquals(calls, received.size(), document::toString);
      }
    }
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void a18_c1_noDocumentIsThePayloadOfAToken() throws Exception {
    int before = guard.log().settledTerminals();
    for (Corpus.Document document : documents) {
      Request call = Request.call("echo", "{}").intent(GuardFixture.LOOK);
      String token = guard.home().tokenOfPayload(document.bytes());
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(call.token(token));
      assertEquals(401, answer.status(), document::toString);
      assertEquals(calls, guard.downstream().calls().size(), document::toString);
    }
    assertRecords(before, documents.size(), Set.of("unauthenticated"));
  }

  @Test
  void c16_noDocumentIsAnAnswer() throws Exception {
    for (Corpus.Document document : documents) {
      answered(document, document.bytes());
    }
  }

  @Test
  void c16_noDocumentIsAResult() throws Exception {
    String frame = "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":\"place\"}";
    for (Corpus.Document document : documents) {
      answered(document, filled(frame, document.bytes()));
    }
  }

  /** The server answers so: the client gets no result that is not strict JSON, the record says so. */
  private void answered(Corpus.Document document, byte[] answerOfServer) throws Exception {
    guard.downstream().behave(Behaviour.standard().with(Hostile.scripted(answerOfServer)));
    int before = guard.log().terminals().size();
    RawHttp.Response answer;
    try {
      answer = guard.send(guard.good());
    } finally {
      guard.downstream().behave(Behaviour.standard());
    }
    GuardFixture.assertWellFormed(answer);
    boolean given = answer.json().get("result").isPresent();
    boolean acceptable = !document.expect().equals("n") && strict(document).isPresent();
    assertTrue(!given || acceptable, () -> document + " was let through: " + answer.text());
    List<Json> left = guard.log().terminalsAfter(before, 1);
    assertEquals(1, left.size(), () -> document + left.toString());
    // an answer nobody can read does not even say whether the call was done
    String fate = LogView.text(left.getFirst(), "fate");
    assertTrue(fate.equals("executed") || (!given && fate.equals("unknown")), left::toString);
    if (!given) {
      assertEquals(
          fate, answer.json().textAt("error", "data", "outcome").orElse(""), answer::text);
    }
  }
}
