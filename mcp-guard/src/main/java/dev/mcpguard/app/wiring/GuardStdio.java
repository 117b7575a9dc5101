package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.GuardVersion;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.front.stdio.StdioFront;
import dev.mcpguard.front.stdio.StdioSettings;
import dev.mcpguard.front.stdio.StdioWiring;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.Credential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A guard for one local client over standard input and output. The protocol owns standard output;
 * everything else goes to standard error. Each process writes a log of its own.
 */
public final class GuardStdio {
  private GuardStdio() {}

  /**
   * How this process differs from the configuration.
   *
   * @param server the one server it serves, or null for all
   * @param tokenFile file with the access token, or null for the environment
   * @param instance name of its log
   */
  public record Choice(@Nullable String server, @Nullable Path tokenFile, String instance) {}

  /** Serves until the input ends. */
  public static void run(GuardConfiguration configuration, Choice choice, InstantSource clock)
      throws ConfigException, AuditUnavailableException, IOException {
    OutputStream protocol = System.out;
    System.setOut(System.err);
    GuardConfiguration own = withInstance(configuration, choice.instance());
    try (Guard guard = Guard.open(own, clock)) {
      StdioSettings settings =
          StdioSettings.of(own.front().route(choice.server()), GuardVersion.text());
      StdioWiring wiring =
          new StdioWiring(
              () -> credential(choice.tokenFile()), guard.capabilities(), clock, new SecureRandom());
      StdioFront front = new StdioFront(settings, guard.entrance(), wiring, protocol);
      guard.announcements().to(
          new Announcements.Listener() {
            @Override
            public void listChanged(String server, String kind) {
              front.announceListChanged(server, kind);
            }

            @Override
            public void resourceUpdated(String server, String uri) {
              front.announceResourceUpdated(server, uri);
            }
          });
      front.run(System.in);
    }
  }

  private static GuardConfiguration withInstance(GuardConfiguration from, String instance) {
    CallLogSettings audit = from.audit();
    CallLogSettings own =
        new CallLogSettings(
            audit.folder(), instance, audit.payloadKey(), audit.segmentBytes(), audit.queueBytes(),
            audit.warnBytes(), audit.reserveBytes());
    return from.withAudit(own);
  }

  /** Read for every request: a file that a helper renews needs no restart. */
  private static Credential credential(@Nullable Path file) {
    try {
      String token =
          file == null ? System.getenv("MCP_GUARD_TOKEN") : Files.readString(file).strip();
      return token == null || token.isEmpty() ? Credential.none() : Credential.bearer(token);
    } catch (IOException unreadable) {
      return Credential.none();
    }
  }
}
