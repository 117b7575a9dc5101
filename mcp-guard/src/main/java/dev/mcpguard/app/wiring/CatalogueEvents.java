package dev.mcpguard.app.wiring;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import dev.mcpguard.registry.ToolOffer;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what changes about the servers' tools: withheld, served, unreachable. Thread-safe. */
final class CatalogueEvents implements CatalogueListener {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueEvents.class);

  private final CallLog log;
  private final InstantSource clock;
  private final Announcements announcements;

  CatalogueEvents(CallLog log, InstantSource clock, Announcements announcements) {
    this.log = log;
    this.clock = clock;
    this.announcements = announcements;
  }

  @Override
  public void listChanged(String server, String kind) {
    announcements.listChanged(server, kind);
  }

  @Override
  public void resourceUpdated(String server, String uri) {
    announcements.resourceUpdated(server, uri);
  }

  @Override
  public void withheld(String server, ToolOffer.Withheld offer) {
    announcements.listChanged(server, "tools");
    LOG.warn("tool `{}` of server `{}` is not served: {}", offer.name(), server, offer.detail());
    record(
        JsonObject.builder()
            .put("type", "tool-withheld")
            .put("server", server)
            .put("tool", offer.name())
            .put("reason", offer.reason().code())
            .put("detail", offer.detail())
            .putIfPresent("live_digest", offer.live() == null ? null : offer.live().text())
            .putIfPresent("pinned_digest", offer.pinned() == null ? null : offer.pinned().text())
            .build());
  }

  @Override
  public void served(String server, String tool) {
    announcements.listChanged(server, "tools");
    LOG.info("tool `{}` of server `{}` is served", tool, server);
    record(
        JsonObject.builder()
            .put("type", "tool-served")
            .put("server", server)
            .put("tool", tool)
            .build());
  }

  @Override
  public void unreachable(String server, String detail) {
    LOG.warn("the tools of server `{}` cannot be listed: {}", server, detail);
    record(
        JsonObject.builder()
            .put("type", "server-unreachable")
            .put("server", server)
            .put("detail", detail)
            .build());
  }

  private void record(JsonObject event) {
    JsonObject body =
        JsonObject.builder().put("time", RecordTime.text(clock.instant())).put("event", event).build();
    String id = String.valueOf(event.string("type")) + "-" + clock.instant().toEpochMilli();
    try {
      log.settle(new CallRecord(RecordKind.EVENT, id, body, Map.of()));
    } catch (AuditUnavailableException | RecordTooLargeException unwritable) {
      LOG.error("an event about server tools could not be recorded", unwritable);
    }
  }
}
