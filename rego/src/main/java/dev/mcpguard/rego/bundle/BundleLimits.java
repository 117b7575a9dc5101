package dev.mcpguard.rego.bundle;

/**
 * The most a bundle may be. All bytes.
 *
 * @param archive the compressed archive
 * @param unpacked everything in it, tar headers included
 * @param file one file
 * @param files how many entries, folders included
 * @param path one path, in UTF-8
 * @param ratio how many times the compressed size an archive of more than eight MiB unpacks to
 */
public record BundleLimits(int archive, int unpacked, int file, int files, int path, int ratio) {
  private static final BundleLimits STANDARD =
      new BundleLimits(16 << 20, 128 << 20, 64 << 20, 10_000, 255, 200);

  /** Below this an archive may unpack to any multiple of its size: small data repeats itself. */
  static final int FREE = 8 << 20;

  public BundleLimits {
    if (archive < 1 || unpacked < 1 || file < 1 || files < 1 || path < 1 || ratio < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /** 16 MiB packed, 128 MiB unpacked, 64 MiB a file, 10,000 files, paths of 255 bytes, ratio 200. */
  public static BundleLimits standard() {
    return STANDARD;
  }

  /** The same with other sizes of the archive. */
  public BundleLimits withSizes(int packed, int whole) {
    return new BundleLimits(packed, whole, Math.min(file, whole), files, path, ratio);
  }

  /** How far an archive of this size may unpack. */
  int room(int packed) {
    long byRatio = Math.max(FREE, (long) packed * ratio);
    return (int) Math.min(unpacked, byRatio);
  }
}
