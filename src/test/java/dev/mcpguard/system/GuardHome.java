package dev.mcpguard.system;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.issuer.TokenRequest;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.DefinitionDigest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one guard: configuration, agents, manifests, the repository's policies and a
 * development issuer. Files are plain text that a test may overwrite before the guard starts or
 * while it runs.
 *
 * <p>Agents: {@code looker} (ceiling read), {@code keeper} (ceiling admin; purposes look, change,
 * run) and {@code silent} (as keeper, with the default purpose look).
 */
final class GuardHome {
  /** Classes of the standard tools. */
  static final Map<String, String> CLASSES = classes();

  private final Path folder;
  private final int port;
  private final DevelopmentIssuer issuer;

  private GuardHome(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.issuer = DevelopmentIssuer.open(folder.resolve("issuer"), InstantSource.system());
  }

  private static Map<String, String> classes() {
    Map<String, String> classes = new LinkedHashMap<>();
    classes.put("echo", "read");
    classes.put("put", "write");
    classes.put("drop", "admin");
    return classes;
  }

  static GuardHome in(Path folder) throws IOException {
    GuardHome home = new GuardHome(folder, freePort());
    Files.createDirectories(folder.resolve("servers"));
    copyFolder(repository().resolve("policies"), folder.resolve("policies"));
    home.write("agents.yaml", agents());
    home.configure("limits: {running: 1024}", "unauthenticated-per-second: 1000");
    return home;
  }

  /** The root of the source checkout, whether tests run in the module or at the root. */
  static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("policies")) ? here : here.resolve("../..").normalize();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Writes the configuration; the arguments are added to the sections front and audit. */
  GuardHome configure(String front, String audit) throws IOException {
    return write(
        "mcp-guard.yaml",
        """
        schema: 1
        instance: guard
        front: {listen: "127.0.0.1:%d"%s}
        development-issuer: issuer
        agents: agents.yaml
        registry: servers
        policy: {folder: policies}
        audit: {folder: audit%s}
        caller-limits: {requests-per-second: 100000, running: 1024}
        """
            .formatted(
                port, front.isEmpty() ? "" : ", " + front, audit.isEmpty() ? "" : ", " + audit));
  }

  /** Adds limits of callers: members of that section. */
  GuardHome limitCallers(String limits) throws IOException {
    String before = Files.readString(file("mcp-guard.yaml"));
    return write(
        "mcp-guard.yaml", before.replaceAll("caller-limits: .*", "caller-limits: {" + limits + "}"));
  }

  private static String agents() {
    return """
    schema: 1
    agents:
    """
        + agent("looker", "read", "{look: {class: read}}", "")
        + agent(
            "keeper",
            "admin",
            "{look: {class: read}, change: {class: write}, run: {class: admin}}",
            "")
        + agent("silent", "admin", "{look: {class: read}}", "    default-purpose: look\n");
  }

  private static String agent(String id, String ceiling, String purposes, String more) {
    return """
      - id: %s
        owner: tests
        match: {issuer: "%s", claims: {sub: %s}}
        ceiling: %s
        sensitivity: internal
        review-by: 2099-01-01
        purposes: %s
    %s\
    """
        .indent(0)
        .formatted(id, DevelopmentIssuer.ISSUER, id, ceiling, purposes, more);
  }

  /** Registers an HTTP server whose tools are pinned to what {@code behaviour} serves. */
  GuardHome register(String server, RecordingServer downstream) throws IOException {
    return register(
        server, "{type: http, url: \"" + downstream.uri() + "\"}", downstream.behaviour().tools());
  }

  /** Registers a server; a tool without a class in {@link #CLASSES} is read. */
  GuardHome register(String server, String transport, List<Json> tools) throws IOException {
    return register(server, transport, tools, CLASSES);
  }

  /** As above, with other classes. */
  GuardHome register(
      String server, String transport, List<Json> tools, Map<String, String> classOfTool)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Json tool : tools) {
      String name = tool.textAt("name").orElseThrow();
      lines.append(
          "  %s: {class: %s, digest: \"%s\"}\n"
              .formatted(name, classOfTool.getOrDefault(name, "read"), digest(tool)));
    }
    return write("servers/" + server + ".yaml", manifest(server, transport) + lines);
  }

  static String digest(Json tool) {
    try {
      return DefinitionDigest.of(
              StrictJson.parseObject(Bytes.of(tool.toString()), JsonLimits.message()))
          .text();
    } catch (dev.mcpguard.json.MalformedJsonException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }

  static String manifest(String server, String transport) {
    return """
    schema: 1
    server: %s
    owner: tests
    contact: tests@example.com
    purpose: threat tests
    transport: %s
    sensitivity: internal
    destination: internal
    tools:
    """
        .formatted(server, transport);
  }

  GuardHome write(String relative, String text) throws IOException {
    Files.writeString(folder.resolve(relative), text);
    return this;
  }

  static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  Path file(String relative) {
    return folder.resolve(relative);
  }

  int port() {
    return port;
  }

  /** The resource identifier of the route of {@code server}. */
  String resource(String server) {
    return "http://127.0.0.1:" + port + "/mcp/" + server;
  }

  String token(String agent, String scopes, String... audience) {
    return issuer.token(new TokenRequest(agent, List.of(audience), scopes, Duration.ofMinutes(30)));
  }

  /** A well-signed token with any claims: what the development issuer itself would not sign. */
  String tokenOf(Map<String, Object> claims) throws Exception {
    ECKey key = ECKey.parse(Files.readString(file("issuer/issuer-key.json")));
    JWTClaimsSet.Builder all =
        new JWTClaimsSet.Builder()
            .issuer(DevelopmentIssuer.ISSUER)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
            .jwtID(UUID.randomUUID().toString());
    claims.forEach(all::claim);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, all.build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  /** A well-signed token around any bytes, claims or not. */
  String tokenOfPayload(byte[] payload) throws Exception {
    ECKey key = ECKey.parse(Files.readString(file("issuer/issuer-key.json")));
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    JWSObject token = new JWSObject(header, new Payload(payload));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  GuardConfiguration configuration() throws ConfigException {
    return ConfigurationReader.read(file("mcp-guard.yaml"));
  }

  /** A fresh reading of the log. */
  LogView log() {
    return new LogView(file("audit"));
  }
}
