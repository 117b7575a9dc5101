package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.registry.ToolOffer;

/**
 * Is told what the catalogue finds, once per change; for events, metrics and {@code list_changed}.
 * Called on any thread; must return soon.
 */
public interface CatalogueListener {

  /** A declared tool is not served any more, or an undeclared one appeared. */
  void withheld(String server, ToolOffer.Withheld offer);

  /** A tool is served again, or for the first time. */
  void served(String server, String tool);

  /** No listing of this server can be had; none of its tools is served until one can. */
  void unreachable(String server, String detail);

  /** The server said that a list of this kind ({@code tools}, {@code prompts}, ...) changed. */
  default void listChanged(String server, String kind) {}

  /** The server said that the resource of this URI, which the guard watches, changed. */
  default void resourceUpdated(String server, String uri) {}

  /** Nobody listens. */
  CatalogueListener NONE =
      new CatalogueListener() {
        @Override
        public void withheld(String server, ToolOffer.Withheld offer) {}

        @Override
        public void served(String server, String tool) {}

        @Override
        public void unreachable(String server, String detail) {}
      };
}
