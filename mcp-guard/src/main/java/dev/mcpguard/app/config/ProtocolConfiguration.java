package dev.mcpguard.app.config;

import dev.mcpguard.downstream.bridge.Parking;
import dev.mcpguard.json.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The switches of the protocol, section {@code protocol}. All are off unless the file says otherwise.
 *
 * @param parking whether calls are held while a modern client is asked what a server needs
 * @param httpSse whether clients of 2024-11-05 may open its two-endpoint transport
 * @param outputSchemas whether structured results must match the approved output schema
 */
public record ProtocolConfiguration(
    Parking parking, boolean httpSse, boolean outputSchemas) {
  private static final int MOST_PARKED = 100_000;

  /** Everything off. */
  public static final ProtocolConfiguration DEFAULTS =
      new ProtocolConfiguration(Parking.OFF, false, false);

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
        fields.flag("output-schemas", false));
  }

  private static int number(Fields fields, String name, int fallback) {
    Long value = fields.optionalInteger(name, 1, MOST_PARKED);
    return value == null ? fallback : value.intValue();
  }
}
