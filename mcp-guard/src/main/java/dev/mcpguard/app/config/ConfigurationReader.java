package dev.mcpguard.app.config;

import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.front.http.FrontSettings;
import dev.mcpguard.identity.IssuerSettings;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Fields;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.model.CallerLimits;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code mcp-guard.yaml} ({@code docs/schema/mcp-guard.schema.json}). Every problem is collected
 * with its line; an unknown key refuses to start and suggests the near miss.
 */
public final class ConfigurationReader {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final int STRANGERS_PER_SECOND = 10;

  private final Path folder;

  private ConfigurationReader(Path folder) {
    this.folder = folder;
  }

  /** Reads the file. */
  public static GuardConfiguration read(Path file) throws ConfigException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Fields root = Fields.of(StrictYaml.parse(absolute, file.toString()));
    return new ConfigurationReader(folder == null ? absolute : folder).read(absolute, root);
  }

  private GuardConfiguration read(Path file, Fields root) throws ConfigException {
    root.integer("schema", 1, 1);
    Path authorities = path(root, "authorities", null);
    List<IssuerConfiguration> issuers = new ArrayList<>();
    for (Fields issuer : root.has("issuers") ? root.objects("issuers") : List.<Fields>of()) {
      issuers.add(issuer(issuer, authorities));
    }
    Path development = path(root, "development-issuer", null);
    if (development != null) {
      issuers.add(
          new IssuerConfiguration(
              IssuerSettings.strict(DevelopmentIssuer.ISSUER),
              new IssuerConfiguration.KeyFile(development.resolve("issuer-jwks.json"))));
    }
    if (issuers.isEmpty()) {
      root.problem("issuers", "no token issuer is configured", "pin one, or set `development-issuer`");
    }
    FrontReader fronts = new FrontReader(folder);
    FrontSettings front = fronts.read(root.optionalObject("front"), issuers);
    if (development != null && front != null && !loopback(front.host())) {
      root.problem(
          "development-issuer",
          "is refused on `" + front.host() + "`: whoever reads its folder can be any agent",
          "listen on 127.0.0.1, or pin a real issuer");
    }
    GuardConfiguration configuration = assemble(file, root, issuers, front, development, authorities);
    root.finish();
    if (configuration == null) {
      throw new IllegalStateException("an unsound configuration has findings");
    }
    return configuration;
  }

  private @Nullable GuardConfiguration assemble(
      Path file,
      Fields root,
      List<IssuerConfiguration> issuers,
      @Nullable FrontSettings front,
      @Nullable Path development,
      @Nullable Path authorities) {
    Path agents = pathOr(root, "agents", "agents.yaml");
    Path servers = pathOr(root, "registry", "tool-registry/servers");
    PolicyConfiguration policy =
        new PolicyReader(folder, authorities).read(root.optionalObject("policy"));
    Fields auditFields = root.optionalObject("audit");
    String instance = root.optionalText("instance");
    CallLogSettings audit = audit(auditFields, instance == null ? "guard" : instance, root);
    KeepingReader keepingReader = new KeepingReader(folder, auditFields, authorities);
    KeepingSettings keeping = keepingReader.read();
    WitnessConfiguration witness = keepingReader.witness();
    Long strangers =
        auditFields == null
            ? null
            : auditFields.optionalInteger("unauthenticated-per-second", 0, 10_000);
    Duration longest = root.duration("longest-call", LONGEST_CALL);
    boolean intentArguments = root.flag("intent-arguments", true);
    TelemetryConfiguration telemetry =
        new TelemetryReader(folder, authorities)
            .read(root.optionalObject("telemetry"), instance == null ? "guard" : instance);
    Duration drain = root.duration("drain", DRAIN);
    LogConfiguration log = log(root.optionalObject("log"));
    ProtocolConfiguration protocol = ProtocolConfiguration.read(root.optionalObject("protocol"));
    CallerLimits callers = CallerReader.read(root.optionalObject("caller-limits"));
    AdminConfiguration admin = admin(root.optionalObject("admin"));
    if (front == null || audit == null || !root.sound()) {
      return null;
    }
    return new GuardConfiguration(
        file,
        front
            .withSse(protocol.httpSse())
            .withSessions(front.sessions().withPerPrincipal(callers.sessions())),
        issuers, development, authorities, agents, servers, policy, audit, keeping,
        strangers == null ? STRANGERS_PER_SECOND : strangers.intValue(), longest,
        intentArguments, protocol, callers, telemetry, log, witness, admin, drain);
  }

  private static LogConfiguration log(@Nullable Fields fields) {
    LogConfiguration standard = LogConfiguration.standard();
    if (fields == null) {
      return standard;
    }
    LogConfiguration.Format format =
        fields.optionalChoice("format", LogConfiguration.Format.class);
    LogConfiguration.Level level = fields.optionalChoice("level", LogConfiguration.Level.class);
    return new LogConfiguration(
        format == null ? standard.format() : format, level == null ? standard.level() : level);
  }

  private static @Nullable AdminConfiguration admin(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    String owner = fields.text("owner");
    String contact = fields.optionalText("contact");
    return owner.isBlank()
        ? null
        : new AdminConfiguration(owner, contact == null || contact.isBlank() ? owner : contact);
  }

  private IssuerConfiguration issuer(Fields fields, @Nullable Path authorities) {
    String issuer = fields.text("issuer");
    IssuerSettings strict = IssuerSettings.strict(issuer);
    Set<String> algorithms =
        fields.has("algorithms") ? Set.copyOf(fields.texts("algorithms")) : strict.algorithms();
    if (!IssuerSettings.ASYMMETRIC.containsAll(algorithms) || algorithms.isEmpty()) {
      fields.problem(
          "algorithms", "names something that is not an asymmetric JWS algorithm",
          "use some of " + String.join(", ", IssuerSettings.ASYMMETRIC.stream().sorted().toList()));
      algorithms = strict.algorithms();
    }
    String client = fields.optionalText("client-claim");
    Set<String> types =
        fields.has("types") ? Set.copyOf(fields.texts("types")) : strict.types();
    IssuerSettings settings =
        new IssuerSettings(
            issuer, algorithms, types,
            client == null ? strict.clientClaim() : client,
            fields.flag("require-token-id", strict.requireTokenId()),
            fields.duration("longest-lifetime", strict.longestLifetime()),
            fields.duration("skew", strict.skew()),
            fields.flag("single-audience", strict.singleAudience()),
            fields.optionalText("tenant-claim"));
    return new IssuerConfiguration(settings, keys(fields.object("keys"), authorities));
  }

  private IssuerConfiguration.Keys keys(Fields fields, @Nullable Path authorities) {
    Path file = path(fields, "file", null);
    String text = fields.optionalText("url");
    if ((file == null) == (text == null)) {
      fields.problem("file", "name either `file` or `url`", "say where the issuer's JWK set is");
    }
    if (file != null) {
      return new IssuerConfiguration.KeyFile(file);
    }
    URI url = text == null ? null : url(fields, "url", text);
    return new IssuerConfiguration.KeyUrl(
        url == null ? URI.create("https://invalid") : url, authorities);
  }

  private @Nullable CallLogSettings audit(@Nullable Fields fields, String instance, Fields root) {
    Path audit = fields == null ? folder.resolve("audit") : pathOr(fields, "folder", "audit");
    Path key = fields == null ? null : path(fields, "payload-key-file", null);
    try {
      return CallLogSettings.of(audit, instance).withPayloadKey(key);
    } catch (IllegalArgumentException odd) {
      root.problem("instance", String.valueOf(odd.getMessage()), "use lower case letters, digits and hyphens");
      return null;
    }
  }

  static @Nullable URI url(Fields fields, String name, String text) {
    try {
      URI url = URI.create(text);
      boolean secure = "https".equals(url.getScheme());
      boolean near = "http".equals(url.getScheme()) && url.getHost() != null && loopback(url.getHost());
      if ((secure && url.getHost() != null) || near) {
        return url;
      }
    } catch (IllegalArgumentException odd) {
      // Falls through to the one problem.
    }
    fields.problem(name, "is not an https URL", "use https; plain http is for loopback only");
    return null;
  }

  static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private Path pathOr(Fields fields, String name, String fallback) {
    String text = fields.optionalText(name);
    return folder.resolve(text == null ? fallback : text).normalize();
  }

  private @Nullable Path path(Fields fields, String name, @Nullable Path fallback) {
    String text = fields.optionalText(name);
    return text == null ? fallback : folder.resolve(text).normalize();
  }
}
