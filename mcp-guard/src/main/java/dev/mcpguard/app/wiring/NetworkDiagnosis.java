package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.app.registry.GuardRegistry;
import dev.mcpguard.app.config.PolicyConfiguration;
import dev.mcpguard.app.config.TelemetryConfiguration;
import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.app.wiring.Diagnosis.Symptom;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.Credential;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Looks at the network: the port, the issuers and their clocks, servers, OPA, witness, collector. */
final class NetworkDiagnosis {
  private static final int PATIENCE_MILLIS = 3_000;
  private static final Duration SKEW = Duration.ofSeconds(10);

  private final GuardConfiguration configuration;
  private final List<Symptom> symptoms = new ArrayList<>();

  private NetworkDiagnosis(GuardConfiguration configuration) {
    this.configuration = configuration;
  }

  static List<Symptom> of(GuardConfiguration configuration) {
    NetworkDiagnosis diagnosis = new NetworkDiagnosis(configuration);
    diagnosis.port();
    diagnosis.issuers();
    diagnosis.servers();
    diagnosis.others();
    diagnosis.policyBundle();
    return diagnosis.symptoms;
  }

  private void port() {
    String host = configuration.front().host();
    int port = configuration.front().port();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      well("port", host + ":" + socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      bad("port", host + ":" + port + " cannot be bound (" + taken.getMessage() + "): stop what listens there (`ss -ltnp`), or choose another `front.listen`");
    }
  }

  private void issuers() {
    for (IssuerConfiguration issuer : configuration.issuers()) {
      if (issuer.keys() instanceof IssuerConfiguration.KeyUrl(URI url, Path authorities)) {
        keys(issuer.settings().issuer(), url, authorities);
      }
    }
  }

  private void keys(String issuer, URI url, @Nullable Path authorities) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      SSLContext tls = Authorities.trusting(authorities);
      if (tls != null && connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(tls.getSocketFactory());
      }
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      long date = connection.getDate();
      connection.disconnect();
      if (status != 200) {
        bad("issuer", issuer + ": `" + url + "` answers " + status + ", not a JWK set: correct `keys.url`");
      } else {
        well("issuer", issuer);
      }
      if (date > 0) {
        skew(issuer, Duration.between(Instant.ofEpochMilli(date), Instant.now()));
      }
    } catch (ConfigException | IOException away) {
      bad("issuer", issuer + ": `" + url + "` cannot be asked (" + reason(away) + "): check name, route, proxy and certificate; without its keys no token of it is accepted");
    }
  }

  private void skew(String issuer, Duration ahead) {
    if (ahead.abs().compareTo(SKEW) > 0) {
      bad("clock", "this machine is " + ahead.abs().toSeconds() + "s " + (ahead.isNegative() ? "behind " : "ahead of ") + issuer + ": synchronize it (chrony, systemd-timesyncd), or tokens are refused as not yet valid or expired");
    }
  }

  private void servers() {
    try {
      for (ServerManifest manifest : GuardRegistry.load(configuration).manifests()) {
        server(manifest);
      }
    } catch (ConfigException broken) {
      bad("registry", "cannot be read; see the findings above");
    }
  }

  private void server(ServerManifest manifest) {
    String name = manifest.server().text();
    switch (manifest.connection().transport()) {
      case HttpTransport http -> reach("server", name, http.url());
      case OwnTransport own -> well("server", name + ": the guard's own tools");
      case StdioTransport stdio -> {
        String program = stdio.command().getFirst();
        if (executable(program)) {
          well("server", name);
        } else {
          bad("server", name + ": `" + program + "` is no program here: install it, or write its path in `transport.command`");
        }
      }
    }
    if (manifest.connection().credential() instanceof Credential.Bearer bearer
        && SecretValue.of(bearer.secret()) == null) {
      bad("server", name + ": its secret `" + bearer.secret() + "` is empty or cannot be read: set it in the environment of the guard");
    }
  }

  private void policyBundle() {
    PolicyAtHand policy = PolicyAtHand.of(configuration.policy());
    if (!policy.asks()) {
      return;
    }
    try {
      String problem = policy.probe();
      String noted = policy.noted().isEmpty() ? "" : "; the guard notes: " + policy.noted();
      if (problem == null) {
        well("policy", "the bundle can be had" + noted);
      } else {
        bad("policy", problem + noted);
      }
    } catch (ConfigException unusable) {
      bad("policy", String.valueOf(unusable.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      bad("policy", "the download was interrupted");
    }
  }

  private void others() {
    PolicyConfiguration.Remote opa = configuration.policy().opa();
    if (opa != null) {
      reach("opa", "the decision point", opa.url(), opa.authorities());
    }
    WitnessConfiguration witness = configuration.witness();
    if (witness != null) {
      reach("witness", witness.key().name(), witness.url(), witness.authorities());
    }
    TelemetryConfiguration telemetry = configuration.telemetry();
    if (telemetry != null) {
      reach("telemetry", "the collector", telemetry.endpoint(), telemetry.authorities());
      telemetry
          .headers()
          .forEach(
              (header, reference) -> {
                if (SecretValue.of(reference) == null) {
                  bad("telemetry", "the value of header `" + header + "`, `" + reference + "`, is empty or cannot be read");
                }
              });
    }
  }

  private void reach(String part, String name, URI url) {
    int port = port(url);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
      well(part, name + " answers at " + url.getHost() + ":" + port);
    } catch (IOException | IllegalArgumentException away) {
      bad(part, name + ": nothing answers at `" + url.getHost() + ":" + port + "` (" + reason(away) + "): start it, or correct the URL");
    }
  }

  /** As {@link #reach}, and that its certificate comes from whom the guard trusts. */
  private void reach(String part, String name, URI url, @Nullable Path authorities) {
    if (!"https".equals(url.getScheme())) {
      reach(part, name, url);
      return;
    }
    try {
      SSLContext tls = Authorities.trusting(authorities);
      handshake(tls == null ? SSLContext.getDefault() : tls, url);
      well(part, name + " answers at " + url.getHost() + ":" + port(url) + " with a trusted certificate");
    } catch (SSLException untrusted) {
      bad(part, name + ": the certificate of `" + url.getHost() + ":" + port(url) + "` is not accepted (" + reason(untrusted) + "): name whom to trust in `authorities`, or correct the URL");
    } catch (ConfigException | GeneralSecurityException | IOException | IllegalArgumentException away) {
      bad(part, name + ": nothing answers at `" + url.getHost() + ":" + port(url) + "` (" + reason(away) + "): start it, or correct the URL");
    }
  }

  private static void handshake(SSLContext tls, URI url) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(url.getHost(), port(url)), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, url.getHost(), port(url), true);
      SSLParameters parameters = socket.getSSLParameters();
      // INVARIANT: without this a certificate of any name would do
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName().replaceAll("Exception$", "");
    return message == null ? kind : kind + ": " + message;
  }

  private static boolean executable(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private void well(String part, String words) {
    symptoms.add(Symptom.well(part, words));
  }

  private void bad(String part, String words) {
    symptoms.add(Symptom.bad(part, words));
  }
}
