package dev.mcpguard.app.registry;

import dev.mcpguard.registry.Credential;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ServerManifest;
import java.time.Duration;

/**
 * Whether a registered server answers whoever asks: a guard that can be walked around guards nothing.
 * Asked from this machine; what a server answers elsewhere depends on the network between. Immutable.
 *
 * @param open whether it told its tools without the guard's credential
 * @param words what was tried and what to do
 */
public record Exposure(String server, boolean open, String words) {

  /** Asks for the tools without token and client certificate; a child process cannot be reached. */
  public static Exposure of(ServerManifest manifest, Duration patience) {
    String server = manifest.server().text();
    if (!(manifest.connection().transport() instanceof HttpTransport http)) {
      return new Exposure(server, false, "is a child process of the guard");
    }
    try {
      LiveCatalogue catalogue = LiveListing.of(without(manifest, http), patience);
      boolean asks =
          manifest.connection().credential() instanceof Credential.Bearer
              || (http.tls() != null && http.tls().certificate() != null);
      return new Exposure(
          server, true,
          "tells its " + catalogue.listing().size() + " tools to whoever asks; "
              + (asks
                  ? "make it demand the guard's credential"
                  : "give it a credential that it demands, or let only the guard reach it"));
    } catch (LiveListing.UnlistedServerException closed) {
      return new Exposure(server, false, "does not tell its tools without the guard's credential");
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
