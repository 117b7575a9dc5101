package dev.mcpguard.front.http;

import dev.mcpguard.front.Caller;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the front costs before the gate is asked, for messages of about 300 bytes and 4 KiB: {@code
 * message} is the strict parse, the envelope and the reading of the call; {@code wire} is that behind
 * HTTP: framing check, codec, screening of the head, mirrored headers. By method: at equal size none
 * is meant to cost more than 1.2 times {@code tools/call}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrontBenchmark {
  @Param({"300", "4096"})
  int size;

  @Param({"tools/call", "tools/list", "resources/read", "prompts/get", "completion/complete"})
  String method = "";

  private byte[] body = {};
  private byte[] request = {};
  private EmbeddedChannel channel;
  private StrictRequestDecoder decoder;
  private HeadScreen screen;
  private RequestHead known;

  /** Builds a message of the wanted size and what reads it. */
  @Setup
  public void setUp() {
    body = text().getBytes(StandardCharsets.UTF_8);
    String name = method.equals("tools/call") || method.equals("prompts/get") ? "Mcp-Name: echo\r\n" : "";
    String uri = method.equals("resources/read") ? "Mcp-Name: file:///a\r\n" : "";
    String head =
        "POST /mcp/files HTTP/1.1\r\nHost: 127.0.0.1:7400\r\nAuthorization: Bearer "
            + "a".repeat(600)
            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
            + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: "
            + method
            + "\r\n"
            + name
            + uri
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    request = (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    FrontSettings settings =
        FrontSettings.loopback(7400, ProtectedResource.of("https://login.example.com", "mcp:read"));
    FrontWiring wiring =
        new FrontWiring(
            () -> Set.of("files"),
            _ -> JsonObject.of(),
            (_, _) -> null,
            CallerPlaces.UNLIMITED,
            new NoPages(),
            Clock.systemUTC(),
            new Random(1));
    screen = new HeadScreen(settings, wiring, new DecisionIds(Clock.systemUTC(), new Random(1)));
    decoder = new StrictRequestDecoder(settings.limits().headerBytes());
    channel = new EmbeddedChannel(decoder);
    known = head();
    if (!(read() instanceof GatedRequest read) || read instanceof dev.mcpguard.model.Misread) {
      throw new IllegalStateException(method + " is not read");
    }
  }

  private String text() {
    String params =
        switch (method) {
          case "tools/call" -> "\"name\":\"echo\",\"arguments\":{\"text\":\"PAD\"},";
          case "tools/list" -> "\"cursor\":\"PAD\",";
          case "resources/read" -> "\"uri\":\"file:///a\",\"requestState\":\"PAD\",";
          case "prompts/get" -> "\"name\":\"echo\",\"arguments\":{\"text\":\"PAD\"},";
          default ->
              "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"echo\"},\"argument\":{\"name\":\"a\",\"value\":\"PAD\"},";
        };
    String whole =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
            + method
            + "\",\"params\":{"
            + params
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    return whole.replace("PAD", "x".repeat(Math.max(0, size - whole.length() + 3)));
  }

  private RequestHead head() {
    channel.writeInbound(Unpooled.wrappedBuffer(request));
    RequestHead head = null;
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof HttpRequest http
          && screen.judge(http, new Peer("127.0.0.1", null))
              instanceof HeadScreen.Verdict.Endpoint endpoint) {
        head = endpoint.head();
      }
      ReferenceCountUtil.release(part);
    }
    decoder.answered();
    if (head == null || head.flaw() != null) {
      throw new IllegalStateException("the request is refused");
    }
    return head;
  }

  private GatedRequest read() {
    try {
      if (!(Message.of(StrictJson.parse(body, JsonLimits.message())) instanceof Message.Request message)) {
        throw new IllegalStateException("no request");
      }
      ModernEnvelope envelope = ModernEnvelope.of(message.params());
      Caller caller = new Caller(ProtocolVersion.LATEST_MODERN, null, envelope.client());
      RequestFacts facts =
          known.arrival().facts(caller, message.method(), message.id(), message.params());
      String fault =
          HeaderCheck.fault(
              known, envelope.version(), message.method(), message.params(), false);
      Method found = Method.find(message.method(), ProtocolVersion.LATEST_MODERN);
      if (fault != null || found == null || envelope.refusal() != null) {
        throw new IllegalStateException("refused: " + fault);
      }
      return RequestReader.read(facts, found, message.params());
    } catch (MalformedJsonException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  /** Strict parse, envelope, mirrored headers, reading. */
  @Benchmark
  public GatedRequest message() {
    return read();
  }

  /** The whole way from bytes of a connection. */
  @Benchmark
  public GatedRequest wire() {
    known = head();
    return read();
  }

  private static final class NoPages implements FrontPages {
    @Override
    public Page health() {
      return Page.text(200, "");
    }

    @Override
    public Page readiness() {
      return Page.text(200, "");
    }

    @Override
    public Page metrics() {
      return Page.text(200, "");
    }
  }
}
