package dev.mcpguard.app.wiring;

import dev.mcpguard.front.http.FrontPages;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. Shows nothing of a caller. */
final class GuardPages implements FrontPages {
  private final Supplier<List<Readiness>> readiness;
  private final Supplier<String> metrics;

  /**
   * One thing the guard needs to work.
   *
   * @param part what it is
   * @param ready whether it works
   * @param required whether the guard refuses everything without it
   * @param detail what is wrong, or empty
   */
  record Readiness(String part, boolean ready, boolean required, String detail) {}

  GuardPages(Supplier<List<Readiness>> readiness, Supplier<String> metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  @Override
  public Page health() {
    return Page.text(200, "ok\n");
  }

  @Override
  public Page readiness() {
    List<JsonValue> parts = new ArrayList<>();
    boolean ready = true;
    for (Readiness part : readiness.get()) {
      ready &= part.ready() || !part.required();
      parts.add(
          JsonObject.builder()
              .put("part", part.part())
              .put("ready", part.ready())
              .put("detail", part.detail())
              .build());
    }
    JsonObject body =
        JsonObject.builder().put("ready", ready).put("parts", new JsonArray(parts)).build();
    return new Page(ready ? 200 : 503, "application/json", JsonText.text(body) + "\n");
  }

  @Override
  public Page metrics() {
    return new Page(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }
}
