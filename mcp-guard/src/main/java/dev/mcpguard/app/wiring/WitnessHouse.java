package dev.mcpguard.app.wiring;

import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.note.Cosigner;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.proof.Witness;
import dev.mcpguard.audit.store.PayloadKeyFile;
import dev.mcpguard.publish.witness.WitnessServer;
import dev.mcpguard.registry.SecretReference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A witness with its key, its memory and its door. Close it once. */
public final class WitnessHouse implements AutoCloseable {
  private static final int SEED = 32;

  private final CosignatureKey key;
  private final WitnessServer server;

  private WitnessHouse(CosignatureKey key, WitnessServer server) {
    this.key = key;
    this.server = server;
  }

  /**
   * How it is set up.
   *
   * @param folder holds {@code witness-key}, made on first use, and the checkpoints
   * @param name in cosignatures
   * @param logs verifier keys of the logs
   * @param address where it listens
   * @param token reference to the bearer token it asks for, or null
   */
  public record Plan(
      Path folder,
      String name,
      List<String> logs,
      InetSocketAddress address,
      @Nullable String token) {
    public Plan {
      logs = logs.stream().map(log -> NoteKey.ofText(log).text()).toList();
      if (token != null && SecretReference.ofText(token) == null) {
        throw new IllegalArgumentException("--token takes env:NAME or file:/path");
      }
    }
  }

  /** Opens the door. */
  public static WitnessHouse open(Plan plan) throws IOException {
    Files.createDirectories(plan.folder());
    Path seed = plan.folder().resolve("witness-key");
    if (!Files.exists(seed)) {
      PayloadKeyFile.generate(seed, SEED, new SecureRandom());
    }
    Cosigner cosigner = new Cosigner(NoteSigner.load(plan.name(), seed));
    List<NoteKey> logs = plan.logs().stream().map(NoteKey::ofText).toList();
    Witness witness =
        new Witness(plan.folder().resolve("logs"), logs, cosigner, InstantSource.system());
    return new WitnessHouse(
        cosigner.verifier(), WitnessServer.start(witness, plan.address(), token(plan)));
  }

  private static @Nullable String token(Plan plan) throws IOException {
    SecretReference reference = plan.token() == null ? null : SecretReference.ofText(plan.token());
    String token = reference == null ? null : SecretValue.of(reference);
    if (reference != null && token == null) {
      throw new IOException("the token `" + reference + "` cannot be read");
    }
    return token;
  }

  /** What verifies its cosignatures. */
  public CosignatureKey key() {
    return key;
  }

  /** The port that is bound. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
