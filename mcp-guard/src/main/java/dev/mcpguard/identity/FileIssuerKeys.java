package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a file, read again when it changes; a broken change keeps the last good set. Thread-safe.
 */
final class FileIssuerKeys implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(FileIssuerKeys.class);
  private static final long CHECK_NANOS = 1_000_000_000L;

  private final Path file;
  private volatile @Nullable Loaded loaded;

  private record Loaded(KeySet keys, FileTime changed, long checked) {}

  FileIssuerKeys(Path file) {
    this.file = file;
  }

  @Override
  public @Nullable JWK find(String keyId) throws RefusedTokenException {
    return current().find(keyId);
  }

  @Override
  public @Nullable JWK only() throws RefusedTokenException {
    return current().only();
  }

  private KeySet current() throws RefusedTokenException {
    Loaded last = loaded;
    long now = System.nanoTime();
    if (last != null && now - last.checked() < CHECK_NANOS) {
      return last.keys();
    }
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      KeySet keys =
          last != null && last.changed().equals(changed)
              ? last.keys()
              : KeySet.read(Files.readAllBytes(file));
      loaded = new Loaded(keys, changed, now);
      return keys;
    } catch (IOException | RefusedTokenException unreadable) {
      if (last == null) {
        throw new RefusedTokenException("the issuer's key file cannot be read");
      }
      LOG.warn("the key file {} cannot be read; the last good keys stay in force", file);
      loaded = new Loaded(last.keys(), last.changed(), now);
      return last.keys();
    }
  }
}
