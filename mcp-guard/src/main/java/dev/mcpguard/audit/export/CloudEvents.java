package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonObject;

/** CloudEvents 1.0 structured mode with the whole record as data. Pure. */
public final class CloudEvents {
  private CloudEvents() {}

  /**
   * @param instance whose log the record is of: the source
   */
  public static JsonObject of(JsonObject record, String instance) {
    String server = Fields.server(record);
    String name = Fields.name(record);
    String kind = record.string("kind");
    String type = "outcome".equals(kind) ? "outcome" : "event".equals(kind) ? "event" : "decision";
    return JsonObject.builder()
        .put("specversion", "1.0")
        .put("id", Fields.id(record, instance))
        .put("source", instance)
        .put("type", "dev.mcpguard." + type + ".v1")
        .putIfPresent("subject", server == null || name == null ? null : server + "/" + name)
        .putIfPresent("time", record.string("time"))
        .put("datacontenttype", "application/json")
        .put("data", record)
        .build();
  }
}
