package dev.mcpguard.front.stdio;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcpguard.front.DenialForm;
import dev.mcpguard.front.FakeGate;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stdio front before a fake gate, and its one client. */
abstract class StdioFixture {
  static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':{}}";

  final FakeGate gate = new FakeGate();
  final PipedOutputStream toGuard = new PipedOutputStream();
  volatile Credential credential = Credential.bearer("token-alice");
  StdioFront front;
  BufferedReader fromGuard;
  private Thread serving;

  @BeforeEach
  void start() throws IOException {
    PipedInputStream input = new PipedInputStream(toGuard, 1 << 16);
    Pipe output = Pipe.open();
    fromGuard =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(output.source()), StandardCharsets.UTF_8));
    StdioSettings settings =
        new StdioSettings(
            new Route("files", "stdio:files"),
            JsonLimits.message().withBytes(4096),
            4,
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            DenialForm.ERROR,
            "test");
    StdioWiring wiring =
        new StdioWiring(
            () -> credential, _ -> JsonObject.of(), Clock.systemUTC(), new SecureRandom());
    OutputStream out = Channels.newOutputStream(output.sink());
    front = new StdioFront(settings, gate, wiring, out);
    serving =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (out) {
                    front.run(input);
                  } catch (IOException broken) {
                    throw new AssertionError(broken);
                  }
                });
  }

  @AfterEach
  void stop() throws Exception {
    toGuard.close();
    serving.join(10_000);
    assertFalse(serving.isAlive());
  }

  void send(String line) throws IOException {
    toGuard.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
    toGuard.flush();
  }

  JsonValue read() throws IOException, MalformedJsonException {
    return StrictJson.parse(fromGuard.readLine().getBytes(StandardCharsets.UTF_8), JsonLimits.message());
  }

  JsonObject answer(String line) throws IOException, MalformedJsonException {
    send(line);
    return (JsonObject) read();
  }

  static String call(int id, String tool) {
    return "{'jsonrpc':'2.0','id':" + id + ",'method':'tools/call','params':{'name':'" + tool + "'," + META + "}}";
  }

  static String initialize(String version) {
    return "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'" + version
        + "','capabilities':{'roots':{}},'clientInfo':{'name':'c','version':'1'}}}";
  }
}
