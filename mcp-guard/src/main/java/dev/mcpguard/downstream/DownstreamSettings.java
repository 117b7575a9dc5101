package dev.mcpguard.downstream;

import dev.mcpguard.downstream.bridge.Parking;
import dev.mcpguard.downstream.catalogue.Freshness;
import dev.mcpguard.downstream.http.HttpLimits;
import dev.mcpguard.downstream.http.HttpRuntime;
import java.time.InstantSource;

/**
 * How the back side runs.
 *
 * @param runtime event loops, closed by whoever opened them
 * @param http what the guard bears from HTTP servers
 * @param freshness how old a listing may be
 * @param clock in whose terms deadlines are given
 * @param parking whether calls are held while their client is asked
 */
public record DownstreamSettings(
    HttpRuntime runtime,
    HttpLimits http,
    Freshness freshness,
    InstantSource clock,
    Parking parking) {

  /** The defaults over these loops. */
  public static DownstreamSettings standard(HttpRuntime runtime) {
    return new DownstreamSettings(
        runtime, HttpLimits.standard(), Freshness.standard(), InstantSource.system(), Parking.OFF);
  }

  /** The same with listings of another age. */
  public DownstreamSettings withFreshness(Freshness value) {
    return new DownstreamSettings(runtime, http, value, clock, parking);
  }

  /** The same with calls held so. */
  public DownstreamSettings withParking(Parking value) {
    return new DownstreamSettings(runtime, http, freshness, clock, value);
  }
}
