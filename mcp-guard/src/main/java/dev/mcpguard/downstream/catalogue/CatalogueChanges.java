package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ToolOffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells the listener what is new in one server's catalogue, and only that. Thread-safe. */
final class CatalogueChanges {
  private final String server;
  private final CatalogueListener listener;
  private Map<String, ToolOffer.Withheld> withheld = Map.of();
  private Set<String> served = Set.of();
  private boolean reachable = true;

  CatalogueChanges(String server, CatalogueListener listener) {
    this.server = server;
    this.listener = listener;
  }

  synchronized void compared(LiveCatalogue catalogue) {
    reachable = true;
    Map<String, ToolOffer.Withheld> nowWithheld = new HashMap<>();
    Set<String> nowServed = new HashSet<>();
    for (ToolOffer.Withheld offer : catalogue.withheld()) {
      nowWithheld.put(offer.name(), offer);
      if (!offer.equals(withheld.get(offer.name()))) {
        listener.withheld(server, offer);
      }
    }
    for (ToolOffer.Served offer : catalogue.served()) {
      String name = offer.tool().name().text();
      nowServed.add(name);
      if (!served.contains(name)) {
        listener.served(server, name);
      }
    }
    for (String name : served) {
      // a tool the server lists no more stands in no list: ask for its standing
      if (!nowServed.contains(name)
          && !nowWithheld.containsKey(name)
          && catalogue.find(name) instanceof ToolOffer.Withheld gone) {
        listener.withheld(server, gone);
      }
    }
    withheld = nowWithheld;
    served = nowServed;
  }

  synchronized void unreachable(String detail) {
    if (reachable) {
      reachable = false;
      listener.unreachable(server, detail);
    }
  }
}
