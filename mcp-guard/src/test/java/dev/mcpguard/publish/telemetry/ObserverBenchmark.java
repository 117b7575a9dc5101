package dev.mcpguard.publish.telemetry;

import com.sun.net.httpserver.HttpServer;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.Step;
import dev.mcpguard.publish.BothObservers;
import dev.mcpguard.publish.metrics.GateMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what observing one forwarded request costs its own thread, in processor time; no
 * assertion, not run by the build. {@code <requests>}.
 */
public final class ObserverBenchmark {
  private static final RequestTarget TARGET = new RequestTarget("tool", "files", "echo");
  private static final CallOutcome OUTCOME = new CallOutcome.Replied(JsonObject.of(), 100);
  private static final RequestReport REPORT =
      new RequestReport(
          TARGET, "read", "permit", "keeper",
          new Answer.Refused(
              "01J", new Refusal(ReasonCode.CLIENT_GONE, Fate.EXECUTED, "", JsonObject.of()), null),
          150_000);

  private ObserverBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int requests = Integer.parseInt(arguments[0]);
    HttpServer sink =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    run("nothing", RequestObserver.NONE, requests);
    GateMetrics metrics = new GateMetrics();
    run("metrics", metrics, requests);
    for (double sampling : new double[] {0, 0.1, 1}) {
      long start = System.nanoTime();
      try (Telemetry telemetry = Telemetry.start(settings(sink, sampling), server -> ServerPeer.PIPE)) {
        System.out.printf(Locale.ROOT, "telemetry started in %d ms%n", (System.nanoTime() - start) / 1_000_000);
        run("metrics and telemetry, " + sampling + " sampled", new BothObservers(telemetry, metrics), requests);
        System.out.printf(Locale.ROOT, "  spans sent %d, dropped %d%n", telemetry.spansSent(), telemetry.spansDropped());
      }
    }
    sink.stop(0);
  }

  private static TelemetrySettings settings(HttpServer sink, double sampling) {
    return new TelemetrySettings(
        URI.create("http://127.0.0.1:" + sink.getAddress().getPort()), Map::of, null,
        Duration.ofSeconds(30), Duration.ofSeconds(5), 2_048, sampling, Map.of());
  }

  private static void run(String name, RequestObserver observer, int requests) {
    for (int i = 0; i < requests / 5; i++) {
      observe(observer);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < requests; i++) {
      observe(observer);
    }
    long nanos = threads.getCurrentThreadCpuTime() - start;
    System.out.printf(Locale.ROOT, "%s: %d ns of processor time a request%n", name, nanos / requests);
  }

  private static void observe(RequestObserver observer) {
    RequestObserver.Observation observation =
        observer.begin(
            new RequestFacts(
                "01J", "http", new Route("files", "https://guard/mcp/files"), Credential.none(),
                ProtocolVersion.LATEST_MODERN, "tools/call", JsonNumber.of(1),
                Instant.EPOCH, 10, "127.0.0.1", null, JsonObject.of(), JsonObject.of()));
    observation.trace();
    for (Step step : Step.values()) {
      observation.step(step, 20_000);
    }
    observation.forwarding("files", TARGET);
    observation.forwarded(OUTCOME);
    observation.ended(REPORT);
  }
}
