package dev.mcpguard.front.http;

import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.OwnTransport;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * From a request target to what lies there. Targets are compared as they were sent, byte for byte:
 * nothing is decoded, folded or cut, so an odd spelling is no route at all (threat C12).
 */
final class Paths {
  private static final String ADMIN = "/admin/v1/";
  private static final Pattern VERB = Pattern.compile("[a-z]{1,32}/[a-z]{1,32}");
  private static final String MESSAGES = "/messages/";

  private final FrontSettings settings;
  private final Supplier<Set<String>> servers;

  Paths(FrontSettings settings, Supplier<Set<String>> servers) {
    this.settings = settings;
    this.servers = servers;
  }

  /** What lies at a target. */
  sealed interface Target {
    /**
     * An endpoint, in one of its forms.
     *
     * @param tokenInQuery whether the query holds an access token
     */
    record Endpoint(Route route, boolean tokenInQuery, EndpointForm form) implements Target {}

    /** A page. */
    sealed interface Page extends Target {}

    record Health() implements Page {}

    record Readiness() implements Page {}

    record Metrics() implements Page {}

    record ResourceMetadata(Route route) implements Page {}

    /** Nothing. */
    record Nothing() implements Target {}

    /** Not a path: absolute form, authority, asterisk. */
    record Unreadable() implements Target {}
  }

  Target find(String target) {
    if (!target.startsWith("/")) {
      return new Target.Unreadable();
    }
    int question = target.indexOf('?');
    if (question >= 0) {
      String query = target.substring(question + 1);
      Target path = endpoint(target.substring(0, question), true);
      return tokenIn(query) && path instanceof Target.Endpoint endpoint
          ? endpoint
          : new Target.Nothing();
    }
    return switch (target) {
      case "/healthz" -> new Target.Health();
      case "/readyz" -> new Target.Readiness();
      case "/metrics" -> new Target.Metrics();
      default ->
          target.startsWith(Challenges.METADATA_PATH) ? metadata(target) : endpoint(target, false);
    };
  }

  private Target metadata(String target) {
    String rest = target.substring(Challenges.METADATA_PATH.length());
    return endpoint(rest.isEmpty() ? "/mcp" : rest, false) instanceof Target.Endpoint endpoint
            && endpoint.form() instanceof EndpointForm.Mcp
        ? new Target.ResourceMetadata(endpoint.route())
        : new Target.Nothing();
  }

  /** Where messages of this session are posted. */
  static String messages(Session session) {
    return session.route().path() + MESSAGES + session.id();
  }

  private Target endpoint(String path, boolean tokenInQuery) {
    int posted = settings.sse() ? path.lastIndexOf(MESSAGES) : -1;
    if (posted > 0) {
      String id = path.substring(posted + MESSAGES.length());
      Target at = endpoint(path.substring(0, posted), tokenInQuery);
      return at instanceof Target.Endpoint(Route route, boolean token, EndpointForm.Mcp deeper)
          ? new Target.Endpoint(route, token, new EndpointForm.Messages(id))
          : new Target.Nothing();
    }
    if (path.equals("/mcp") && settings.aggregate()) {
      return new Target.Endpoint(settings.route(null), tokenInQuery, EndpointForm.MCP);
    }
    if (path.startsWith(ADMIN)) {
      return command(path.substring(ADMIN.length()), tokenInQuery);
    }
    if (!path.startsWith("/mcp/")) {
      return new Target.Nothing();
    }
    String server = path.substring("/mcp/".length());
    return servers.get().contains(server)
        ? new Target.Endpoint(settings.route(server), tokenInQuery, EndpointForm.MCP)
        : new Target.Nothing();
  }

  /** {@code registry/approve} is the tool {@code registry_approve} of the guard's own server. */
  private Target command(String verb, boolean tokenInQuery) {
    return VERB.matcher(verb).matches() && servers.get().contains(OwnTransport.SERVER)
        ? new Target.Endpoint(
            settings.route(OwnTransport.SERVER),
            tokenInQuery,
            new EndpointForm.Command(verb.replace('/', '_')))
        : new Target.Nothing();
  }

  private static boolean tokenIn(String query) {
    for (String pair : query.split("&", 64)) {
      if (pair.equals("access_token") || pair.startsWith("access_token=")) {
        return true;
      }
    }
    return false;
  }
}
