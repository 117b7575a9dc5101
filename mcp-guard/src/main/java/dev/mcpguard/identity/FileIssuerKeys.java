package dev.mcpguard.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a file, read again at most once a second; a broken or missing file keeps the last good
 * set for a bounded time. Thread-safe.
 */
final class FileIssuerKeys implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(FileIssuerKeys.class);
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration LAST_GOOD = Duration.ofHours(12);

  private final Path file;
  private final IssuerSettings.Profile profile;
  private final LongSupplier nanos;
  private volatile @Nullable Loaded loaded;

  /** The keys, when they were last read well, when last looked at; all in {@code nanos}. */
  private record Loaded(KeySet keys, long read, long checked) {}

  FileIssuerKeys(Path file, IssuerSettings.Profile profile, LongSupplier nanos) {
    this.file = file;
    this.profile = profile;
    this.nanos = nanos;
  }

  @Override
  public KeySet current() throws RefusedTokenException {
    Loaded last = loaded;
    long now = nanos.getAsLong();
    if (last != null && now - last.checked() < CHECK.toNanos()) {
      return last.keys();
    }
    return reload(now);
  }

  @Override
  public KeySet renewed() throws RefusedTokenException {
    return current();
  }

  private synchronized KeySet reload(long now) throws RefusedTokenException {
    Loaded last = loaded;
    if (last != null && now - last.checked() < CHECK.toNanos()) {
      return last.keys();
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] document = stream.readNBytes(KeySet.LONGEST + 1);
      KeySet keys = KeySet.read(document, profile).orSame(last == null ? null : last.keys());
      loaded = new Loaded(keys, now, now);
      return keys;
    } catch (IOException | RefusedTokenException unreadable) {
      if (last == null || now - last.read() > LAST_GOOD.toNanos()) {
        throw new RefusedTokenException("the issuer's key file cannot be read");
      }
      if (last.read() == last.checked()) {
        LOG.warn("the key file {} cannot be read; the last good keys stay in force", file);
      }
      loaded = new Loaded(last.keys(), last.read(), now);
      return last.keys();
    }
  }
}
