package dev.mcpguard.system;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the answer of one request over HTTP the way a hostile mode wants it. */
final class HostilePlay {
  private final Hostile hostile;
  private final CountDownLatch closing;
  private final Wire wire;

  /**
   * @param closing counted down when the server closes; everything that waits, waits on it
   */
  HostilePlay(Hostile hostile, CountDownLatch closing, Wire wire) {
    this.hostile = hostile;
    this.closing = closing;
    this.wire = wire;
  }

  /**
   * @param more further header lines for the answer
   */
  HttpAnswers.Then play(Json request, String honest, String more)
      throws IOException, InterruptedException {
    Hostility mode = hostile.towards(request);
    List<byte[]> messages = Twist.messages(mode, request, honest, hostile);
    byte[] plain = Wire.json(status(request, honest), more, messages.getLast());
    switch (mode) {
      // Nothing is sent; after HANG the connection is read on, so that it is seen when the peer
      // leaves.
      case HANG, ACT_THEN_DROP -> {}
      case CLOSE_MID_ANSWER -> wire.writeHalf(plain);
      case STATUS_500 -> wire.write(serverError());
      case REDIRECT -> wire.write(redirect());
      case HEADER_SPLIT ->
          wire.write(
              Wire.json("200 OK", more + "X-Note: a\r\nX-Forged: b\rc\r\n", messages.getLast()));
      case SLOW_BYTES -> slowly(plain);
      case ENDLESS_NOTIFICATIONS -> endlessly(request, more);
      case SECOND_ANSWER, SERVER_REQUEST, PROGRESS -> stream(messages, more);
      case NONE,
          WRONG_ID,
          DUPLICATE_KEYS,
          OVERSIZED,
          MALFORMED_JSON,
          NOT_UTF8,
          FORGED_DENIAL,
          SCRIPTED ->
          wire.write(plain);
    }
    return closes(mode) ? HttpAnswers.Then.CLOSE : HttpAnswers.Then.KEEP;
  }

  private static boolean closes(Hostility mode) {
    return switch (mode) {
      case ACT_THEN_DROP, CLOSE_MID_ANSWER, ENDLESS_NOTIFICATIONS -> true;
      case NONE,
          HANG,
          STATUS_500,
          REDIRECT,
          HEADER_SPLIT,
          SLOW_BYTES,
          WRONG_ID,
          DUPLICATE_KEYS,
          OVERSIZED,
          MALFORMED_JSON,
          NOT_UTF8,
          SCRIPTED,
          SECOND_ANSWER,
          FORGED_DENIAL,
          SERVER_REQUEST,
          PROGRESS ->
          false;
    };
  }

  /** Modern answers to an unknown method are 404; every other error is in band. */
  private static String status(Json request, String honest) {
    boolean unknownMethod = honest.contains("\"error\":{\"code\":-32601,");
    return unknownMethod && ToolServer.isModern(request) ? "404 Not Found" : "200 OK";
  }

  private static byte[] serverError() {
    byte[] page =
        Bytes.of(
            "<html>NullPointerException at com.bank.internal.Ledger.post(Ledger.java:42)</html>");
    return Wire.answer("500 Internal Server Error", "text/html", "", page);
  }

  private byte[] redirect() {
    return Wire.empty("302 Found", "Location: " + hostile.redirectTo() + "\r\n");
  }

  private void slowly(byte[] answer) throws IOException, InterruptedException {
    for (byte each : answer) {
      wire.write(new byte[] {each});
      if (closing.await(hostile.pace().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  private void endlessly(Json request, String more) throws IOException, InterruptedException {
    wire.beginEvents(more);
    int number = 1;
    do {
      wire.event(Twist.notification(request, number++));
    } while (!closing.await(hostile.pace().toNanos(), TimeUnit.NANOSECONDS));
  }

  private void stream(List<byte[]> messages, String more) throws IOException {
    wire.beginEvents(more);
    for (byte[] message : messages) {
      wire.event(message);
    }
    wire.endEvents();
  }
}
