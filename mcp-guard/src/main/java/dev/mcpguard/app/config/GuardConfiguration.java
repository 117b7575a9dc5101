package dev.mcpguard.app.config;

import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.front.http.FrontSettings;
import dev.mcpguard.model.CallerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, read and checked. Paths are resolved against the folder of the file.
 *
 * @param file where it was read
 * @param front the HTTP front
 * @param issuers pinned token issuers
 * @param developmentIssuer folder of the development issuer, or null
 * @param authorities PEM of whom the guard's own https requests trust, or null for those of the JDK
 * @param agents the agent register
 * @param servers folder of manifests
 * @param policy the decision point
 * @param audit the call log
 * @param keeping checkpoints, witness and retention of the call log
 * @param strangersPerSecond unauthenticated requests recorded singly each second
 * @param longestCall deadline of a call whose tool sets none
 * @param telemetry where OpenTelemetry data goes, or null: nowhere
 * @param log the operational log
 * @param drain how long {@code /readyz} says no before a stopping guard ends connections
 * @param witness who cosigns checkpoints over a network, or null
 * @param intentArguments whether listed tools get the flat arguments that declare intent
 * @param protocol switches of the protocol
 * @param callers what one caller may take of the guard
 * @param admin the guard's own tools; null when they are off, the default
 */
public record GuardConfiguration(
    Path file,
    FrontSettings front,
    List<IssuerConfiguration> issuers,
    @Nullable Path developmentIssuer,
    @Nullable Path authorities,
    Path agents,
    Path servers,
    PolicyConfiguration policy,
    CallLogSettings audit,
    KeepingSettings keeping,
    int strangersPerSecond,
    Duration longestCall,
    boolean intentArguments,
    ProtocolConfiguration protocol,
    CallerLimits callers,
    @Nullable TelemetryConfiguration telemetry,
    LogConfiguration log,
    @Nullable WitnessConfiguration witness,
    @Nullable AdminConfiguration admin,
    Duration drain) {

  public GuardConfiguration {
    issuers = List.copyOf(issuers);
  }

  /** The same with another log. */
  public GuardConfiguration withAudit(CallLogSettings value) {
    return new GuardConfiguration(
        file, front, issuers, developmentIssuer, authorities, agents, servers, policy, value, keeping,
        strangersPerSecond, longestCall, intentArguments, protocol, callers, telemetry, log, witness,
        admin, drain);
  }

  /** The name of this instance, in every record. */
  public String instance() {
    return audit.instance();
  }
}
