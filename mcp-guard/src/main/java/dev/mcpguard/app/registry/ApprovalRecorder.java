package dev.mcpguard.app.registry;

import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.poison.PoisonCode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts what people decided about tools on record and then in force, in this order: what cannot be
 * recorded does not happen.
 */
public final class ApprovalRecorder {
  /** The name of the log the commands write. */
  public static final String INSTANCE = "registry-cli";

  private static final int MOST_DIFFERENCE = 24_000;

  private final Opening log;
  private final JsonObject decider;
  private final InstantSource clock;

  /** Lends a call log to write to. */
  @FunctionalInterface
  public interface Opening {
    /** The log; closed after one decision. */
    CallLog open() throws IOException, AuditUnavailableException;
  }

  /**
   * @param log where to record
   * @param decider what is known of whoever decides, besides the name; goes into every record
   */
  public ApprovalRecorder(Opening log, JsonObject decider, InstantSource clock) {
    this.log = log;
    this.decider = decider;
    this.clock = clock;
  }

  /**
   * Records in a log of the commands' own instance, with the account of the operating system.
   *
   * @param audit the guard's own log settings; its folder and key are used, not its instance
   */
  public static ApprovalRecorder ofCommands(CallLogSettings audit, InstantSource clock) {
    CallLogSettings settings =
        CallLogSettings.of(audit.folder(), INSTANCE).withPayloadKey(audit.payloadKey());
    JsonObject account =
        JsonObject.builder().put("account", System.getProperty("user.name", "")).build();
    return new ApprovalRecorder(() -> SegmentedCallLog.open(settings, clock), account, clock);
  }

  /** Records the approval of every change, keeps the texts, and writes the manifest. */
  public void approve(ManifestFile file, ApprovalPlan plan, ApprovalRequest request)
      throws ConfigException, IOException, AuditUnavailableException {
    DefinitionStore store = DefinitionStore.beside(file.folder());
    List<JsonObject> events = new ArrayList<>();
    for (ApprovalPlan.Change change : plan.changes()) {
      store.keep(change.definition());
      events.add(event(file, change, request));
    }
    file.check(plan.text());
    record(events, plan.changes());
    file.write(plan.text());
  }

  /** Records that tools were stopped, and writes the manifest. */
  public void stop(ManifestFile file, String text, List<JsonObject> events)
      throws ConfigException, IOException, AuditUnavailableException {
    file.check(text);
    record(events, List.of());
    file.write(text);
  }

  private static JsonObject event(
      ManifestFile file, ApprovalPlan.Change change, ApprovalRequest request) {
    JsonObject.Builder event =
        JsonObject.builder()
            .put("type", "tool-approved")
            .put("server", file.manifest().server().text())
            .put("tool", change.tool())
            .put("by", request.by())
            .put("owner", file.manifest().stewardship().owner())
            .putIfPresent("old_digest", change.before() == null ? null : change.before().text())
            .put("new_digest", DefinitionDigest.of(change.definition()).text())
            .put("difference", difference(change));
    ApprovalRequest.Objection override = request.override();
    if (override != null) {
      RiskClass said = override.riskClass();
      event
          .putIfPresent("override_class", said == null ? null : said.text())
          .put(
              "accepted_findings",
              JsonArray.ofStrings(
                  override.findings().stream().sorted().map(PoisonCode::text).toList()))
          .put("reason", override.reason());
    }
    return event.build();
  }

  /** The whole texts are evidence beside the log; the record shows what fits. */
  private static JsonArray difference(ApprovalPlan.Change change) {
    List<String> lines = new ArrayList<>();
    int length = 0;
    for (String line : change.difference()) {
      String plain = line.replaceAll("\u001b\\[[0-9]+m", "");
      length += plain.length();
      if (length > MOST_DIFFERENCE) {
        lines.add("and more, see the definitions kept as evidence");
        break;
      }
      lines.add(plain);
    }
    return JsonArray.ofStrings(lines);
  }

  private void record(List<JsonObject> events, List<ApprovalPlan.Change> kept)
      throws AuditUnavailableException, IOException {
    try (CallLog open = log.open()) {
      for (ApprovalPlan.Change change : kept) {
        open.keep("definition", CanonicalJson.bytes(change.definition()));
      }
      for (JsonObject event : events) {
        JsonObject body =
            JsonObject.builder()
                .put("time", clock.instant().toString())
                .put("event", withDecider(event))
                .build();
        String id = event.string("type") + "-" + event.string("tool") + "-" + clock.millis();
        open.settle(new CallRecord(RecordKind.EVENT, id, body, Map.of()));
      }
    } catch (RecordTooLargeException tooLarge) {
      throw new IOException("the approval does not fit into one record", tooLarge);
    }
  }

  private JsonObject withDecider(JsonObject event) {
    JsonObject whole = event;
    for (Map.Entry<String, JsonValue> known : decider.members().entrySet()) {
      whole = whole.has(known.getKey()) ? whole : whole.with(known.getKey(), known.getValue());
    }
    return whole;
  }
}
