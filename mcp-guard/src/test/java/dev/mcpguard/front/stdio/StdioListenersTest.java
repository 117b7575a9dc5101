package dev.mcpguard.front.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.Subscription;
import dev.mcpguard.front.TaskWatch;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A client may take a subscription back at any moment (threat D3). */
class StdioListenersTest {
  private static final JsonValue ID = JsonNumber.of(9);
  private static final Route ROUTE = new Route("files", "stdio:files");
  private static final Subscription TOOLS =
      new Subscription(Set.of("toolsListChanged"), Set.of(), Set.of());

  private final List<String> written = new ArrayList<>();
  private Runnable atFirstLine = () -> {};
  private final StdioListeners listeners = listeners();

  private StdioListeners listeners() {
    ByteArrayOutputStream sink =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            written.add(toString(StandardCharsets.UTF_8));
            reset();
            Runnable then = atFirstLine;
            atFirstLine = () -> {};
            then.run();
          }
        };
    InstantSource clock = InstantSource.system();
    TaskWatch watch = new TaskWatch(new FakeGate(), new DecisionIds(clock, new Random(1)));
    return new StdioListeners(new Output(sink), ROUTE, clock, () -> null, watch);
  }

  private boolean listen(boolean cancelled) {
    RequestFacts facts =
        new RequestFacts(
            "01X", "stdio", ROUTE, Credential.none(), ProtocolVersion.LATEST_MODERN,
            "subscriptions/listen", ID, Instant.now(), 1, "", null, JsonObject.of(), JsonObject.of());
    ListenRequest request = new ListenRequest(facts, List.copyOf(TOOLS.lists()), List.of(), JsonObject.of());
    return listeners.listen(request, TOOLS, Instant.now().plusSeconds(60), () -> cancelled);
  }

  @Test
  void openSubscriptionIsToldUntilItIsCancelled() {
    assertTrue(listen(false));
    listeners.listChanged("files", "tools");
    assertEquals(2, written.size(), written.toString());
    listeners.cancel(ID);
    listeners.listChanged("files", "tools");
    assertEquals(2, written.size(), written.toString());
  }

  /** The client hears of it before the guard is done opening it, and cancels at once. */
  @Test
  void d3CancellationThatOvertakesTheOpeningIsNotLost() throws Exception {
    List<Thread> cancelling = new ArrayList<>();
    atFirstLine =
        () -> {
          Thread client = Thread.ofPlatform().start(() -> listeners.cancel(ID));
          cancelling.add(client);
          joined(client, 200);
        };
    assertTrue(listen(false));
    assertTrue(joined(cancelling.getFirst(), 10_000));
    listeners.listChanged("files", "tools");
    assertEquals(1, written.size(), written.toString());
    assertTrue(written.getFirst().contains("acknowledged"), written.getFirst());
  }

  @Test
  void d3RequestThatWasTakenBackOpensNothing() {
    assertFalse(listen(true));
    listeners.listChanged("files", "tools");
    assertEquals(List.of(), written);
  }

  private static boolean joined(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
