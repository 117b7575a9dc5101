package dev.mcpguard.front.http;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context of new connections, read again when a PEM file changes. Files that cannot be used
 * leave the last good context in force. Thread-safe; files are looked at by {@link #refresh()} alone,
 * never on an event loop.
 */
final class TlsContexts {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

  private final TlsSettings settings;
  private volatile SslContext current;
  private List<FileTime> seen;

  /** Reads the files; throws {@link IOException} if they cannot be used. */
  TlsContexts(TlsSettings settings) throws IOException {
    this.settings = settings;
    this.seen = times();
    this.current = read();
  }

  SslContext current() {
    return current;
  }

  /** Reads the files again if one of them changed. */
  synchronized void refresh() {
    try {
      List<FileTime> now = times();
      if (!now.equals(seen)) {
        seen = now;
        current = read();
        LOG.info("read the certificate again from `{}`", settings.certificate());
      }
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.error("the changed certificate cannot be used, the last one stays", unusable);
    }
  }

  private SslContext read() throws IOException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(
                  settings.certificate().toFile(), settings.key().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      Path authorities = settings.clientAuthorities();
      if (authorities != null) {
        builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.OPTIONAL);
      }
      return builder.build();
    } catch (IllegalArgumentException unreadable) {
      throw new IOException(
          "cannot use `" + settings.certificate() + "` and `" + settings.key() + "`",
          unreadable);
    }
  }

  private List<FileTime> times() throws IOException {
    List<FileTime> times = new ArrayList<>();
    times.add(Files.getLastModifiedTime(settings.certificate()));
    times.add(Files.getLastModifiedTime(settings.key()));
    Path authorities = settings.clientAuthorities();
    if (authorities != null) {
      times.add(Files.getLastModifiedTime(authorities));
    }
    return times;
  }
}
