package dev.mcpguard.rego.bundle;

/**
 * Bounds of reading one bundle.
 *
 * @param compressed bytes of the archive
 * @param expanded bytes of all entries together, headers included
 * @param file bytes of one file
 * @param files number of entries
 */
public record BundleLimits(long compressed, long expanded, long file, int files) {
  public static final BundleLimits STANDARD =
      new BundleLimits(64L << 20, 512L << 20, 128L << 20, 10_000);
}
