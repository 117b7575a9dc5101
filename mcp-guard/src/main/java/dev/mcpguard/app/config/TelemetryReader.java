package dev.mcpguard.app.config;

import dev.mcpguard.json.Fields;
import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code telemetry}. */
final class TelemetryReader {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int QUEUE = 2_048;
  private static final Pattern SHARE = Pattern.compile("(?:100|[0-9]{1,2}(?:\\.[0-9]{1,3})?)%");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]{1,64}");

  private final Path folder;
  private final @Nullable Path authorities;

  /**
   * @param authorities whom to trust where the section does not say, or null for those of the JDK
   */
  TelemetryReader(Path folder, @Nullable Path authorities) {
    this.folder = folder;
    this.authorities = authorities;
  }

  /** Null when nothing is to be sent. */
  @Nullable TelemetryConfiguration read(@Nullable Fields fields, String instance) {
    if (fields == null) {
      return null;
    }
    Fields otlp = fields.object("otlp");
    URI endpoint = ConfigurationReader.url(otlp, "endpoint", otlp.text("endpoint"));
    Path certificate = path(otlp, "client-certificate");
    Path key = path(otlp, "client-key");
    Path trusted = path(otlp, "authorities");
    if ((certificate == null) != (key == null)) {
      otlp.problem("client-key", "a client certificate has a key", "name both, or neither");
    }
    Double share =
        otlp.optionalParsed("sampling", TelemetryReader::share, "write a share such as `10%`");
    Long queue = otlp.optionalInteger("queue", 16, 1_000_000);
    return new TelemetryConfiguration(
        endpoint == null ? URI.create("https://invalid") : endpoint,
        headers(otlp),
        trusted == null ? authorities : trusted,
        certificate,
        key,
        atLeast(otlp, "every", EVERY, Duration.ofSeconds(1)),
        atLeast(otlp, "timeout", TIMEOUT, Duration.ofMillis(100)),
        queue == null ? QUEUE : queue.intValue(),
        share == null ? 1 : share,
        resource(otlp, instance));
  }

  private static Duration atLeast(Fields fields, String name, Duration fallback, Duration least) {
    Duration read = fields.duration(name, fallback);
    if (read.compareTo(least) >= 0) {
      return read;
    }
    fields.problem(name, "is too short", "use " + least.toMillis() + "ms or more");
    return fallback;
  }

  private static @Nullable Double share(String text) {
    return SHARE.matcher(text).matches()
        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
        : null;
  }

  private static Map<String, SecretReference> headers(Fields fields) {
    Map<String, SecretReference> headers = new LinkedHashMap<>();
    Fields named = fields.optionalObject("headers");
    if (named == null) {
      return headers;
    }
    for (String name : named.names()) {
      SecretReference value =
          named.optionalParsed(
              name, SecretReference::ofText, "write `env:NAME` or `file:/absolute/path`");
      if (!HEADER.matcher(name).matches()) {
        named.problem(name, "is no header name", "use letters, digits and hyphens");
      } else if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  private static Map<String, String> resource(Fields fields, String instance) {
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put("service.name", "mcp-guard");
    resource.put("service.instance.id", instance);
    resource.put("service.version", GuardVersion.text());
    resource.putAll(fields.textsByName("resource"));
    return resource;
  }

  private @Nullable Path path(Fields fields, String name) {
    String text = fields.optionalText(name);
    return text == null ? null : folder.resolve(text).normalize();
  }
}
