package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.app.config.TelemetryConfiguration;
import dev.mcpguard.app.wiring.Diagnosis.Symptom;
import dev.mcpguard.front.http.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at files: the audit folder and its disk, keys and who may read them, certificates. */
final class FileDiagnosis {
  private static final Duration SOON = Duration.ofDays(14);

  private final GuardConfiguration configuration;
  private final List<Symptom> symptoms = new ArrayList<>();

  private FileDiagnosis(GuardConfiguration configuration) {
    this.configuration = configuration;
  }

  static List<Symptom> of(GuardConfiguration configuration) {
    FileDiagnosis diagnosis = new FileDiagnosis(configuration);
    diagnosis.auditFolder();
    diagnosis.lock();
    diagnosis.keys();
    diagnosis.certificates();
    return diagnosis.symptoms;
  }

  private void auditFolder() {
    Path folder = configuration.audit().folder();
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      bad("audit", "`" + folder + "` cannot be written: give it to the user that runs the guard; without a log every call is refused");
      return;
    }
    well("audit", folder + " can be written");
    disk(existing);
  }

  private void disk(Path existing) {
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      long warn = configuration.audit().warnBytes();
      if (free < warn) {
        bad("disk", (free >> 20) + " MiB are free where the call log lies, the warning is at " + (warn >> 20) + " MiB: add space, or set `audit.retention`");
      } else {
        well("disk", (free >> 20) + " MiB are free where the call log lies");
      }
    } catch (IOException unknown) {
      bad("disk", "free space of `" + existing + "` cannot be read (" + unknown.getMessage() + ")");
    }
  }

  /** Tried, not taken: the lock is let go at once. */
  private void lock() {
    Path lock = configuration.audit().folder().resolve(configuration.instance()).resolve("lock");
    if (!Files.exists(lock)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) {
        bad("instance", "a running guard holds the log of instance `" + configuration.instance() + "`: stop it, or choose another `instance`");
      } else {
        well("instance", "no other guard writes the log of `" + configuration.instance() + "`");
      }
    } catch (OverlappingFileLockException held) {
      bad("instance", "this process already holds the log of `" + configuration.instance() + "`");
    } catch (IOException unreadable) {
      bad("instance", "the lock file `" + lock + "` cannot be opened (" + unreadable.getMessage() + "): give it to the user that runs the guard");
    }
  }

  private void keys() {
    secret("payload-key", configuration.audit().payloadKey());
    secret("checkpoint-key", configuration.keeping().checkpointKey());
    TlsSettings tls = configuration.front().tls();
    secret("tls-key", tls == null ? null : tls.key());
    TelemetryConfiguration telemetry = configuration.telemetry();
    secret("telemetry-key", telemetry == null ? null : telemetry.key());
    for (IssuerConfiguration issuer : configuration.issuers()) {
      if (issuer.keys() instanceof IssuerConfiguration.KeyFile(Path file)) {
        boolean there = Files.isReadable(file);
        String name = issuer.settings().issuer();
        symptoms.add(
            there
                ? Symptom.well("issuer", name)
                : Symptom.bad("issuer", name + ": the key file `" + file + "` cannot be read; fetch the issuer's JWK set into it" + (configuration.developmentIssuer() == null ? "" : ", or start the guard once, which makes the development issuer's")));
      }
    }
  }

  private void secret(String part, @Nullable Path file) {
    if (file == null) {
      return;
    }
    if (!Files.isReadable(file)) {
      bad(part, "`" + file + "` cannot be read: create it, or correct its owner and the path in the configuration");
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        bad(part, "`" + file + "` can be read by every user: chmod 600 it, and change the key if others had access");
      } else {
        well(part, file + " is there");
      }
    } catch (UnsupportedOperationException | IOException notPosix) {
      well(part, file + " is there");
    }
  }

  private void certificates() {
    TlsSettings tls = configuration.front().tls();
    if (tls != null) {
      certificate("tls", tls.certificate());
      Path authorities = tls.clientAuthorities();
      if (authorities != null) {
        certificate("tls-clients", authorities);
      }
    }
    TelemetryConfiguration telemetry = configuration.telemetry();
    Path client = telemetry == null ? null : telemetry.certificate();
    if (client != null) {
      certificate("telemetry", client);
    }
    Path authorities = configuration.authorities();
    if (authorities != null) {
      certificate("authorities", authorities);
    }
  }

  private void certificate(String part, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Instant first = Instant.MAX;
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        Instant end = ((X509Certificate) each).getNotAfter().toInstant();
        first = end.isBefore(first) ? end : first;
      }
      if (first.equals(Instant.MAX)) {
        bad(part, "`" + file + "` holds no certificate: write the chain as PEM, the guard's own first");
      } else if (first.isBefore(Instant.now())) {
        bad(part, "a certificate of `" + file + "` expired at " + first + ": renew it; the guard reads it again by itself");
      } else if (first.isBefore(Instant.now().plus(SOON))) {
        bad(part, "a certificate of `" + file + "` expires at " + first + ": renew it now");
      } else {
        well(part, file + " is valid until " + first);
      }
    } catch (IOException | CertificateException unreadable) {
      bad(part, "`" + file + "` cannot be read as PEM (" + unreadable.getMessage() + ")");
    }
  }

  private void well(String part, String words) {
    symptoms.add(Symptom.well(part, words));
  }

  private void bad(String part, String words) {
    symptoms.add(Symptom.bad(part, words));
  }
}
