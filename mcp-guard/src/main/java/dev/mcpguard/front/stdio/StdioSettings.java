package dev.mcpguard.front.stdio;

import dev.mcpguard.front.DenialForm;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.model.Route;
import java.time.Duration;

/**
 * Settings of the stdio front.
 *
 * @param route the endpoint served: one server, or all
 * @param json bounds of a line
 * @param running the most requests at a time
 * @param batch the most elements of a batch
 * @param ask the longest wait for the client's answer to a question
 * @param grace how long running requests may take to end after the input ended
 * @param denials the form of refused calls
 * @param version the guard's own version
 */
public record StdioSettings(
    Route route,
    JsonLimits json,
    int running,
    int batch,
    Duration ask,
    Duration grace,
    DenialForm denials,
    String version) {

  /** Every default. */
  public static StdioSettings of(Route route, String version) {
    return new StdioSettings(
        route,
        JsonLimits.message(),
        64,
        50,
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        DenialForm.ERROR,
        version);
  }
}
