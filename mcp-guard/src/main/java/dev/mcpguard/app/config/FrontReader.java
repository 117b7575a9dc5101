package dev.mcpguard.app.config;

import dev.mcpguard.front.DenialForm;
import dev.mcpguard.front.http.FrontSettings;
import dev.mcpguard.front.http.HttpLimits;
import dev.mcpguard.front.http.ProtectedResource;
import dev.mcpguard.front.http.TlsSettings;
import dev.mcpguard.front.legacy.SessionLimits;
import dev.mcpguard.json.Fields;
import dev.mcpguard.model.ReasonCode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code front}. */
final class FrontReader {
  private static final String LISTEN = "127.0.0.1:7400";

  private final Path folder;

  FrontReader(Path folder) {
    this.folder = folder;
  }

  @Nullable FrontSettings read(@Nullable Fields fields, List<IssuerConfiguration> issuers) {
    List<String> names = issuers.stream().map(issuer -> issuer.settings().issuer()).toList();
    if (names.isEmpty()) {
      return null;
    }
    ProtectedResource resource =
        new ProtectedResource(
            names,
            fields != null && fields.has("scopes") ? fields.texts("scopes") : List.of("mcp:read"),
            List.of(),
            false);
    if (fields == null) {
      return front(LISTEN, null, resource, null);
    }
    String listen = fields.optionalText("listen");
    FrontSettings front =
        front(listen == null ? LISTEN : listen, fields.optionalText("public-url"), resource, fields);
    if (front == null) {
      fields.problem("listen", "cannot be used", "write `host:port`, and `public-url` as `https://name`");
    }
    return front;
  }

  private @Nullable FrontSettings front(
      String listen, @Nullable String publicUrl, ProtectedResource resource, @Nullable Fields fields) {
    int colon = listen.lastIndexOf(':');
    if (colon < 1) {
      return null;
    }
    try {
      int port = Integer.parseInt(listen.substring(colon + 1));
      FrontSettings plain = FrontSettings.loopback(port, resource);
      String url = publicUrl == null ? "http://" + listen : publicUrl;
      Set<String> hosts = new HashSet<>(plain.hosts());
      Set<String> origins = new HashSet<>(plain.origins());
      if (fields != null) {
        fields.texts("hosts").forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        fields.texts("origins").forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
      }
      hosts.add(url.substring(url.indexOf("://") + 3).toLowerCase(Locale.ROOT));
      return new FrontSettings(
          listen.substring(0, colon).replaceAll("[\\[\\]]", ""),
          port,
          url,
          fields == null || fields.flag("aggregate", true),
          hosts,
          origins,
          resource,
          limits(fields == null ? null : fields.optionalObject("limits")),
          SessionLimits.DEFAULTS,
          denials(fields == null ? null : fields.optionalText("denials")),
          tls(fields == null ? null : fields.optionalObject("tls")),
          GuardVersion.text(),
          false);
    } catch (IllegalArgumentException odd) {
      return null;
    }
  }

  private static DenialForm denials(@Nullable String form) {
    return switch (form) {
      case "result" -> DenialForm.RESULT;
      case "error" -> DenialForm.ERROR;
      case null -> new DenialForm(false, Set.of(ReasonCode.INTENT_MISSING));
      default -> throw new IllegalArgumentException("denials");
    };
  }

  private static HttpLimits limits(@Nullable Fields fields) {
    HttpLimits defaults = HttpLimits.DEFAULTS;
    if (fields == null) {
      return defaults;
    }
    return new HttpLimits(
        number(fields, "header-bytes", defaults.headerBytes(), 1 << 20),
        number(fields, "body-bytes", defaults.bodyBytes(), 256 << 20),
        fields.duration("head", defaults.head()),
        fields.duration("body", defaults.body()),
        fields.duration("idle", defaults.idle()),
        fields.duration("write", defaults.write()),
        number(fields, "connections", defaults.connections(), 1_000_000),
        number(fields, "connections-per-address", defaults.perAddress(), 1_000_000),
        number(fields, "running", defaults.running(), 1_000_000),
        number(fields, "batch", defaults.batch(), 1_000),
        fields.duration("keep-alive", defaults.keepAlive()),
        fields.duration("ask", defaults.ask()));
  }

  private static int number(Fields fields, String name, int fallback, int most) {
    Long value = fields.optionalInteger(name, 1, most);
    return value == null ? fallback : value.intValue();
  }

  private @Nullable TlsSettings tls(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    String authorities = fields.optionalText("client-authorities");
    return new TlsSettings(
        folder.resolve(fields.text("certificate")),
        folder.resolve(fields.text("key")),
        authorities == null ? null : folder.resolve(authorities));
  }
}
