package dev.mcpguard.app.registry;

import dev.mcpguard.registry.Credential;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ServerManifest;
import java.time.Duration;
import java.util.Locale;

/**
 * Whether a registered server answers whoever asks: a guard that can be walked around guards nothing.
 * Asked from this machine; what a server answers elsewhere depends on the network between. Immutable.
 *
 * @param words what was tried and what to do
 */
public record Exposure(String server, State state, String words) {

  /** What the server did. */
  public enum State {
    /** It told its tools without the guard's credential. */
    EXPOSED,
    /** It tells its tools with the credential alone. */
    CLOSED,
    /** It does not answer the guard either, so nothing can be said. */
    UNKNOWN;

    /** The spelling in output. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Asks for the tools without token and client certificate; a child process cannot be reached. */
  public static Exposure of(ServerManifest manifest, Duration patience) {
    String server = manifest.server().text();
    if (!(manifest.connection().transport() instanceof HttpTransport http)) {
      return new Exposure(server, State.CLOSED, "is a child process of the guard");
    }
    try {
      LiveCatalogue catalogue = LiveListing.of(without(manifest, http), patience);
      boolean asks =
          manifest.connection().credential() instanceof Credential.Bearer
              || (http.tls() != null && http.tls().certificate() != null);
      return new Exposure(
          server, State.EXPOSED,
          "tells its " + catalogue.listing().size() + " tools to whoever asks; "
              + (asks
                  ? "make it demand the guard's credential"
                  : "give it a credential that it demands, or let only the guard reach it"));
    } catch (LiveListing.UnlistedServerException closed) {
      return withCredential(manifest, patience);
    }
  }

  private static Exposure withCredential(ServerManifest manifest, Duration patience) {
    String server = manifest.server().text();
    try {
      LiveListing.of(manifest, patience);
      return new Exposure(
          server, State.CLOSED, "tells its tools with the guard's credential and not without");
    } catch (LiveListing.UnlistedServerException away) {
      return new Exposure(server, State.UNKNOWN, String.valueOf(away.getMessage()));
    }
  }

  private static ServerManifest without(ServerManifest manifest, HttpTransport http) {
    HttpTransport.Tls tls = http.tls();
    HttpTransport anonymous =
        new HttpTransport(
            http.url(), http.era(), tls == null ? null : new HttpTransport.Tls(tls.ca(), null, null));
    return new ServerManifest(
        manifest.server(),
        manifest.stewardship(),
        new ServerManifest.Connection(
            anonymous, new Credential.None(), manifest.connection().exposure()),
        manifest.tools(),
        manifest.primitives(),
        manifest.source());
  }
}
