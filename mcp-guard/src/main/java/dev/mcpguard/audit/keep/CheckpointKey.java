package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ed25519 key that signs the checkpoints and removal notes of one log. Its public half lies
 * beside the log, for convenience: who doubts the folder takes it from elsewhere.
 */
public final class CheckpointKey {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointKey.class);
  private static final int SEED = 32;

  private CheckpointKey() {}

  /** The name in checkpoints: the origin of the log. */
  static String origin(InstanceFolder folder) {
    return "mcp-guard/" + folder.instance();
  }

  private static Path beside(InstanceFolder folder) {
    return folder.path().resolve("checkpoint-key");
  }

  /** Where the verifier key lies. */
  public static Path published(InstanceFolder folder) {
    return folder.checkpointKey();
  }

  /** The signer; generates a key beside the log when none is configured, and publishes its half. */
  public static NoteSigner open(InstanceFolder folder, @Nullable Path configured)
      throws IOException {
    Path file = configured == null ? beside(folder) : configured;
    if (configured == null && !Files.exists(file)) {
      LOGGER.warn(
          "no checkpoint key is configured: one was generated at {}; whoever can write the folder "
              + "can sign another history, a witness elsewhere would show it",
          file);
      PayloadKeyFile.generate(file, SEED, new SecureRandom());
    }
    NoteSigner signer = NoteSigner.load(origin(folder), file);
    String text = signer.verifier().text() + "\n";
    Path published = published(folder);
    if (!Files.exists(published) || !Files.readString(published).equals(text)) {
      Files.writeString(published, text);
    }
    return signer;
  }

  /** The signer of an existing log; never makes a key. */
  public static NoteSigner load(InstanceFolder folder, @Nullable Path configured)
      throws IOException {
    return NoteSigner.load(origin(folder), configured == null ? beside(folder) : configured);
  }

  /** The verifier key beside the log, or null when none was ever published. */
  public static @Nullable NoteKey verifier(InstanceFolder folder) throws IOException {
    Path file = published(folder);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return NoteKey.ofText(Files.readString(file));
    } catch (IllegalArgumentException malformed) {
      throw new IOException("`" + file + "` holds no verifier key", malformed);
    }
  }
}
