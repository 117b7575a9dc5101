package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.raw;
import static dev.mcpguard.downstream.http.FakeServer.stream;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A stream that a legacy server closed early is opened again as the server asked (SEP-1699). */
class ResumedStreamTest {
  private static final int RETRY_MILLIS = 300;

  /** Closes the stream of the call at once and answers on the one that is opened for it. */
  private static FakeServer.Script closing(
      String before, AtomicReference<FakeServer.Received> call, AtomicLong closedAt, AtomicLong back) {
    FakeServer.Script legacy =
        Fixture.legacy(
            (request, out) -> {
              call.set(request);
              stream(out);
              raw(out, before);
              closedAt.set(System.nanoTime());
              return false;
            });
    return (request, out) -> {
      if (!request.line().startsWith("GET")) {
        return legacy.answer(request, out);
      }
      back.set(System.nanoTime());
      stream(out);
      event(out, FakeServer.result(call.get(), Fixture.OK));
      return false;
    };
  }

  @Test
  void theGuardWaitsAsLongAsTheServerAskedBeforeItComesBack() throws IOException {
    AtomicReference<FakeServer.Received> call = new AtomicReference<>();
    AtomicLong closedAt = new AtomicLong();
    AtomicLong back = new AtomicLong();
    String before = "id: e1\nretry: " + RETRY_MILLIS + "\ndata: \n\n";
    try (Fixture fixture = new Fixture(closing(before, call, closedAt, back))) {
      assertInstanceOf(
          CallOutcome.Replied.class,
          fixture.call(V2025_11_25, "{}", "{}", 30_000, ReplyChannel.NONE));
      FakeServer.Received get = fixture.fake.received("").getLast();
      assertEquals("e1", get.header("Last-Event-ID"));
    }
    // a lower bound only: how much later it comes is the machine's affair
    Duration waited = Duration.ofNanos(back.get() - closedAt.get());
    assertTrue(waited.toMillis() >= RETRY_MILLIS - 10, waited::toString);
  }

  @Test
  void d7AWaitBeyondTheCallEndsWithTheCall() throws IOException {
    AtomicReference<FakeServer.Received> call = new AtomicReference<>();
    String before = "id: e1\nretry: 999999999\ndata: \n\n";
    FakeServer.Script closing = closing(before, call, new AtomicLong(), new AtomicLong());
    AtomicBoolean warm = new AtomicBoolean();
    FakeServer.Script script =
        (request, out) ->
            request.method().equals("tools/call") && !warm.getAndSet(true)
                ? FakeServer.json(out, 200, FakeServer.result(request, Fixture.OK))
                : closing.answer(request, out);
    try (Fixture fixture = new Fixture(script)) {
      // the handshake may be slow on a busy machine; the call that is timed finds it done
      assertInstanceOf(
          CallOutcome.Replied.class,
          fixture.call(V2025_11_25, "{}", "{}", 30_000, ReplyChannel.NONE));
      CallOutcome.Failed failed =
          assertInstanceOf(
              CallOutcome.Failed.class,
              fixture.call(V2025_11_25, "{}", "{}", 2_000, ReplyChannel.NONE));
      assertEquals(ReasonCode.DOWNSTREAM_TIMEOUT, failed.reason(), failed::toString);
      assertEquals(2, fixture.fake.received("tools/call").size());
    }
  }

  @Test
  void onlyDigitsAreATime() {
    EventStream stream = new EventStream(1000);
    for (String odd : new String[] {"-5", "1s", " 5", "", "99999999999999999999"}) {
      stream.feed(("retry: " + odd + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(Duration.ZERO, stream.retry());
    stream.feed("retry: 250\n\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(Duration.ofMillis(250), stream.retry());
  }
}
