package dev.mcpguard.front.http;

import dev.mcpguard.front.http.FrontPages.Page;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Route;

/** Protected-resource metadata (RFC 9728), one document per endpoint, served without a token. */
final class Metadata {
  private final ProtectedResource resource;

  Metadata(ProtectedResource resource) {
    this.resource = resource;
  }

  Page page(Route route) {
    String server = route.server();
    JsonObject.Builder document =
        JsonObject.builder()
            .put("resource", route.resource())
            .put("authorization_servers", JsonArray.ofStrings(resource.authorizationServers()))
            .put("scopes_supported", JsonArray.ofStrings(resource.scopes()))
            .put("bearer_methods_supported", JsonArray.of(new JsonString("header")))
            .put(
                "authorization_details_types_supported",
                JsonArray.of(new JsonString("mcp_tool_call")))
            .put("resource_name", (server == null ? "all servers" : server) + " through mcp-guard");
    if (!resource.dpopAlgorithms().isEmpty()) {
      document
          .put(
              "dpop_signing_alg_values_supported",
              JsonArray.ofStrings(resource.dpopAlgorithms()))
          .put("dpop_bound_access_tokens_required", resource.dpopRequired());
    }
    return new Page(200, "application/json", JsonText.text(document.build()));
  }
}
