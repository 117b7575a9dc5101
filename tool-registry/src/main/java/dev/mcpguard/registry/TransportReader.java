package dev.mcpguard.registry;

import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.StdioTransport.EnvironmentValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads how a server is reached and with what credential. */
final class TransportReader {
  private enum TransportType {
    HTTP,
    STDIO,
    GUARD
  }

  private enum CredentialType {
    NONE,
    BEARER
  }

  private TransportReader() {}

  /** The transport, or null when anything in it is wrong. */
  static @Nullable Transport transport(Fields fields) {
    TransportType type = fields.choice("type", TransportType.class);
    Era written = fields.optionalChoice("era", Era.class);
    Era era = written == null ? Era.AUTO : written;
    if (era == Era.HTTP_SSE && type == TransportType.STDIO) {
      fields.problem("era", "is `http-sse` on a stdio server", "write `legacy` or leave it out");
    }
    if (!fields.sound()) {
      // the type is unknown, so which other fields belong here is too
      fields.names().forEach(fields::has);
      return null;
    }
    return switch (type) {
      case HTTP -> http(fields, era);
      case STDIO -> stdio(fields, era);
      case GUARD -> new OwnTransport();
    };
  }

  private static @Nullable Transport http(Fields fields, Era era) {
    String text = fields.text("url");
    URI url = text.isEmpty() ? null : url(text);
    if (url == null && !text.isEmpty()) {
      fields.problem("url", "not a server url", HttpTransport.RULE);
    }
    HttpTransport.Tls tls = tls(fields.optionalObject("tls"));
    return fields.sound() && url != null ? new HttpTransport(url, era, tls) : null;
  }

  private static @Nullable URI url(String text) {
    try {
      URI url = new URI(text);
      return HttpTransport.acceptable(url) ? url : null;
    } catch (URISyntaxException notAUrl) {
      return null;
    }
  }

  private static HttpTransport.@Nullable Tls tls(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    Path ca = fields.optionalParsed("ca", Path::of, "write a path");
    Path certificate = fields.optionalParsed("certificate", Path::of, "write a path");
    Path key = fields.optionalParsed("key", Path::of, "write a path");
    if ((certificate == null) != (key == null)) {
      fields.problem("key", "a client certificate needs its key", "write both or none");
      return null;
    }
    return new HttpTransport.Tls(ca, certificate, key);
  }

  private static @Nullable Transport stdio(Fields fields, Era era) {
    List<String> command = fields.texts("command");
    if (command.isEmpty()) {
      fields.problem("command", "missing", "write `[program, argument, ...]`; there is no shell");
    }
    Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
    Fields written = fields.optionalObject("environment");
    for (String name : written == null ? List.<String>of() : written.names()) {
      EnvironmentValue value = variable(Objects.requireNonNull(written), name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    return fields.sound() ? new StdioTransport(command, environment, era) : null;
  }

  private static @Nullable EnvironmentValue variable(Fields fields, String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
      fields.problem(name, "not a variable name", "use letters, digits and `_`");
    }
    if (fields.value(name) instanceof JsonObject) {
      Fields written = fields.object(name);
      SecretReference secret = secret(written);
      LocalDate rotateBy = written.optionalDate("rotate-by");
      return secret == null ? null : new EnvironmentValue.Secret(secret, rotateBy);
    }
    return new EnvironmentValue.Plain(fields.text(name));
  }

  /** The credential; none when nothing is written, null when anything in it is wrong. */
  static @Nullable Credential credential(@Nullable Fields fields) {
    if (fields == null) {
      return new Credential.None();
    }
    CredentialType type = fields.choice("type", CredentialType.class);
    if (!fields.sound()) {
      fields.names().forEach(fields::has);
      return null;
    }
    return switch (type) {
      case NONE -> new Credential.None();
      case BEARER -> bearer(fields);
    };
  }

  private static @Nullable Credential bearer(Fields fields) {
    SecretReference secret = secret(fields);
    LocalDate rotated = fields.optionalDate("rotated");
    LocalDate rotateBy = fields.optionalDate("rotate-by");
    return secret == null ? null : new Credential.Bearer(secret, rotated, rotateBy);
  }

  private static @Nullable SecretReference secret(Fields fields) {
    String text = fields.text("secret");
    SecretReference secret = SecretReference.ofText(text);
    if (secret == null && !text.isEmpty()) {
      // never quoted: what stands here instead of a reference may be the secret itself
      fields.problem("secret", "not a secret reference", SecretReference.RULE);
    }
    return secret;
  }
}
