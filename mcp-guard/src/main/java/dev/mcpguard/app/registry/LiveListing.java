package dev.mcpguard.app.registry;

import dev.mcpguard.downstream.Downstream;
import dev.mcpguard.downstream.DownstreamSettings;
import dev.mcpguard.downstream.ServerHealth;
import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.downstream.catalogue.Freshness;
import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for its tools exactly as the running guard does, with the same client, bounds and
 * credentials: what is pinned is what the guard will compare, unknown members included.
 */
public final class LiveListing {
  private LiveListing() {}

  /** What the server offers now, compared with its manifest. */
  public static LiveCatalogue of(ServerManifest manifest, Duration patience)
      throws UnlistedServerException {
    String server = manifest.server().text();
    RegistrySnapshot snapshot = RegistrySnapshot.of(List.of(manifest));
    try (HttpRuntime runtime = HttpRuntime.open(1);
        Downstream downstream =
            new Downstream(
                () -> snapshot,
                new DefinitionJudge()::apply,
                DownstreamSettings.standard(runtime)
                    .withFreshness(
                        new Freshness(patience.multipliedBy(4), patience, Duration.ZERO)),
                System::getenv,
                CatalogueListener.NONE)) {
      downstream.registry().served(server);
      LiveCatalogue catalogue = downstream.catalogue(server);
      if (catalogue == null) {
        throw new UnlistedServerException(server, problem(downstream));
      }
      return catalogue;
    }
  }

  private static String problem(Downstream downstream) {
    for (ServerHealth health : downstream.health()) {
      String problem = health.problem();
      if (problem != null) {
        return problem;
      }
    }
    return "it did not answer in time";
  }

  /** The tool of this name, if the server lists it exactly once; null otherwise. */
  static @Nullable JsonObject only(LiveCatalogue catalogue, String tool) {
    List<JsonObject> found =
        catalogue.listing().stream().filter(each -> tool.equals(each.string("name"))).toList();
    return found.size() == 1 ? found.getFirst() : null;
  }

  /** A server whose tools cannot be listed. */
  public static final class UnlistedServerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnlistedServerException(String server, String problem) {
      super("the tools of server `" + server + "` cannot be listed: " + problem);
    }
  }
}
