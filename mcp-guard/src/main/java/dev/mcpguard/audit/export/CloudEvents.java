package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonObject;

/** CloudEvents 1.0 structured mode with the whole record as data. Pure. */
public final class CloudEvents {
  private CloudEvents() {}

  /**
   * @param origin of the log, the name of its checkpoint key
   */
  public static JsonObject of(JsonObject record, String origin) {
    String server = Fields.tool(record).string("server");
    String name = Fields.tool(record).string("name");
    String kind = record.string("kind");
    String type = "outcome".equals(kind) ? "outcome" : "event".equals(kind) ? "event" : "decision";
    return JsonObject.builder()
        .put("specversion", "1.0")
        .put("id", Fields.id(record))
        .put("source", origin)
        .put("type", "dev.mcpguard." + type + ".v1")
        .putIfPresent("subject", server == null ? null : server + "/" + name)
        .putIfPresent("time", record.string("time"))
        .put("datacontenttype", "application/json")
        .put("data", record)
        .build();
  }
}
