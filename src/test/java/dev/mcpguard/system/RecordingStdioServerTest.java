package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingStdioServerTest {
  @TempDir Path folder;

  private Process start(Behaviour behaviour) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(RecordingStdioServer.command(folder.resolve("in"), behaviour));
    builder.environment().put("MARK", "seen-by-the-child");
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void send(Process process, Request request) throws IOException {
    process.getOutputStream().write(Bytes.of(request.body() + "\n"));
    process.getOutputStream().flush();
  }

  @Test
  void bothErasAreServedAndEveryByteIsKept() throws Exception {
    Process process = start(Behaviour.standard());
    try (BufferedReader out = process.inputReader()) {
      send(process, Request.initialize());
      assertTrue(out.readLine().contains("\"protocolVersion\":\"2025-11-25\""));
      send(process, Request.call("put", "{\"k\":1}"));
      assertTrue(out.readLine().contains("put {\\\"k\\\":1}"));
      process.getOutputStream().close();
      assertNull(out.readLine());
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    StdioRecord record = new StdioRecord(folder.resolve("in"));
    assertEquals(
        Request.initialize().body() + "\n" + Request.call("put", "{\"k\":1}").body() + "\n",
        Bytes.text(record.received()));
    assertEquals(1, record.calls().size());
    assertEquals(1, record.starts().size());
    assertTrue(record.starts().getFirst().contains("MARK=seen-by-the-child"));
  }

  @Test
  void aServerThatDropsItsAnswerHasRecordedTheCall() throws Exception {
    Process process = start(Behaviour.standard().with(Hostility.ACT_THEN_DROP));
    try (BufferedReader out = process.inputReader()) {
      send(process, Request.call("put", "{}"));
      assertNull(out.readLine());
    }
    assertEquals(1, new StdioRecord(folder.resolve("in")).awaitCalls(1).size());
  }
}
