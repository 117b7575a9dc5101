package dev.mcpguard.app.config;

import dev.mcpguard.downstream.bridge.Parking;
import dev.mcpguard.gate.TaskBounds;
import dev.mcpguard.json.Fields;
import dev.mcpguard.model.TasksExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The switches of the protocol, section {@code protocol}. All are off unless the file says otherwise.
 *
 * @param parking whether calls are held while a modern client is asked what a server needs
 * @param httpSse whether clients of 2024-11-05 may open its two-endpoint transport
 * @param outputSchemas whether structured results must match the approved output schema
 * @param tasks whether calls may be answered by tasks
 */
public record ProtocolConfiguration(
    Parking parking, boolean httpSse, boolean outputSchemas, TaskBounds tasks) {
  private static final int MOST_PARKED = 100_000;

  /** Everything off. */
  public static final ProtocolConfiguration DEFAULTS =
      new ProtocolConfiguration(Parking.OFF, false, false, TaskBounds.OFF);

  static ProtocolConfiguration read(@Nullable Fields fields) {
    if (fields == null) {
      return DEFAULTS;
    }
    Parking parking =
        new Parking(
            fields.flag("park-calls", false),
            number(fields, "parked-calls", Parking.OFF.calls()),
            number(fields, "parked-calls-per-principal", Parking.OFF.perPrincipal()));
    return new ProtocolConfiguration(
        parking,
        fields.flag("http-sse", false),
        fields.flag("output-schemas", false),
        tasks(fields));
  }

  private static TaskBounds tasks(Fields fields) {
    TaskBounds standard = TaskBounds.OFF;
    boolean on = false;
    for (String extension :
        fields.has("extensions") ? fields.texts("extensions") : List.<String>of()) {
      if (extension.equals(TasksExtension.NAME)) {
        on = true;
      } else {
        fields.problem(
            "extensions", "names an extension the guard does not mediate",
            "leave it out: only `" + TasksExtension.NAME + "` can be switched on");
      }
    }
    return new TaskBounds(
        on,
        number(fields, "tasks", standard.tasks()),
        number(fields, "tasks-per-principal", standard.perPrincipal()),
        fields.duration("longest-task", standard.longest()));
  }

  private static int number(Fields fields, String name, int fallback) {
    Long value = fields.optionalInteger(name, 1, MOST_PARKED);
    return value == null ? fallback : value.intValue();
  }
}
