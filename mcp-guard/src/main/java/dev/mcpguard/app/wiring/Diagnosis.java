package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine a guard shall run on: port, files, servers, issuers, clock, Java. */
public final class Diagnosis {
  private static final int PATIENCE_MILLIS = 2_000;

  private final GuardConfiguration configuration;
  private final List<Symptom> symptoms = new ArrayList<>();

  /**
   * One thing that was looked at.
   *
   * @param part what
   * @param well whether it is as it must be
   * @param words what is wrong and what to do, or what is there
   */
  public record Symptom(String part, boolean well, String words) {}

  private Diagnosis(GuardConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Looks at everything. */
  public static List<Symptom> of(GuardConfiguration configuration) {
    Diagnosis diagnosis = new Diagnosis(configuration);
    diagnosis.java();
    diagnosis.clock();
    diagnosis.port();
    diagnosis.auditFolder();
    diagnosis.issuers();
    diagnosis.servers();
    diagnosis.policyBundle();
    return List.copyOf(diagnosis.symptoms);
  }

  private void java() {
    int feature = Runtime.version().feature();
    note("java", feature >= 25, "version " + Runtime.version() + (feature >= 25 ? "" : "; install JDK 25"));
  }

  private void clock() {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    boolean sane = today.isAfter(LocalDate.of(2026, 1, 1));
    note("clock", sane, today + (sane ? "" : " lies before this release; set the clock, or every token is refused"));
  }

  private void port() {
    String host = configuration.front().host();
    int port = configuration.front().port();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      note("port", true, host + ":" + socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      note("port", false, host + ":" + port + " cannot be bound (" + taken.getMessage() + "); is a guard running, or choose another `front.listen`");
    }
  }

  private void auditFolder() {
    Path folder = configuration.audit().folder();
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    boolean writable = existing != null && Files.isWritable(existing);
    note("audit", writable, folder + (writable ? " can be written" : " cannot be written; without a log every call is refused"));
  }

  private void issuers() {
    for (IssuerConfiguration issuer : configuration.issuers()) {
      String name = issuer.settings().issuer();
      switch (issuer.keys()) {
        case IssuerConfiguration.KeyFile(Path file) -> {
          boolean there = Files.isReadable(file);
          note("issuer", there, name + (there ? "" : ": the key file `" + file + "` cannot be read"));
        }
        case IssuerConfiguration.KeyUrl(URI url) -> {
          boolean there = reachable(url);
          note("issuer", there, name + (there ? "" : ": nothing answers at `" + url.getHost() + "`"));
        }
      }
    }
  }

  private void servers() {
    try {
      for (ServerManifest manifest : RegistryLoader.load(configuration.servers()).manifests()) {
        server(manifest);
      }
    } catch (ConfigException broken) {
      note("registry", false, "cannot be read; see the findings above");
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
      note("policy", problem == null, (problem == null ? "the bundle can be had" : problem) + noted);
    } catch (ConfigException unusable) {
      note("policy", false, String.valueOf(unusable.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      note("policy", false, "the download was interrupted");
    }
  }

  private void server(ServerManifest manifest) {
    String name = manifest.server().text();
    switch (manifest.connection().transport()) {
      case HttpTransport http -> {
        boolean there = reachable(http.url());
        note("server", there, name + (there ? "" : ": nothing answers at `" + http.url() + "`"));
      }
      case StdioTransport stdio -> {
        boolean there = executable(stdio.command().getFirst());
        note("server", there, name + (there ? "" : ": `" + stdio.command().getFirst() + "` is no program here"));
      }
    }
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

  private static boolean reachable(URI url) {
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException away) {
      return false;
    }
  }

  private void note(String part, boolean well, String words) {
    symptoms.add(new Symptom(part, well, words));
  }
}
