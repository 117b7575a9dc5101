package dev.mcpguard.policy.bundle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which bundle decides and what is asked of it. Immutable.
 *
 * @param origin where it comes from
 * @param folder where the last good one and its state are kept
 * @param verification null where no key is configured: then bundles are taken unsigned
 * @param tests whether the bundle must bring tests, all passing
 * @param revisions whether a revision may go back
 * @param oldestRevision the lowest revision taken, if they must increase; null for any first one
 * @param limits sizes
 */
public record BundleSettings(
    BundleOrigin origin,
    Path folder,
    @Nullable Verification verification,
    boolean tests,
    Revisions revisions,
    @Nullable String oldestRevision,
    Sizes limits) {

  /** Which revisions may follow one another. */
  public enum Revisions {
    ANY,
    INCREASING
  }

  /**
   * A good signature is demanded.
   *
   * @param keys by id
   * @param keyId the only id taken, or null
   * @param scope what the signature must be for; null for none
   * @param issuer who must have issued it, or null
   * @param longestAge how old it may be, or null
   */
  public record Verification(
      Map<String, KeyFile> keys,
      @Nullable String keyId,
      @Nullable String scope,
      @Nullable String issuer,
      @Nullable Duration longestAge) {
    public Verification {
      keys = Map.copyOf(keys);
    }
  }

  /** A public key in PEM and the one algorithm it verifies. */
  public record KeyFile(String algorithm, Path file) {}

  /** The most bytes of the archive, and of what it unpacks to. */
  public record Sizes(int archive, int unpacked) {
    public static final Sizes STANDARD = new Sizes(16 << 20, 128 << 20);

    /** No bundle may be larger. */
    public static final int LARGEST = 512 << 20;
  }

  /** To read a bundle at hand, for tools: nothing kept, no tests, any revision. */
  public static BundleSettings atHand(Path file, @Nullable Verification verification) {
    return new BundleSettings(
        new BundleOrigin.File(file), file.resolveSibling("."), verification, false,
        Revisions.ANY, null, Sizes.STANDARD);
  }
}
