package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.HashSource;
import dev.mcpguard.audit.merkle.TilePath;
import dev.mcpguard.audit.merkle.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hash tiles as files below one folder, for a tree of a given size. Reads the widest tile the size
 * allows and computes inner hashes from it. Not thread-safe.
 */
final class TileStore implements HashSource {
  private final Path folder;
  private final long size;
  private final TreeHash hash = new TreeHash();
  private final Map<String, byte[]> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > 64;
        }
      };

  TileStore(Path folder, long size) {
    this.folder = folder;
    this.size = size;
  }

  @Override
  public byte[] hash(int level, long index) throws IOException {
    int tileLevel = level / TilePath.HEIGHT;
    int within = level % TilePath.HEIGHT;
    long firstHash = index << within;
    long tileIndex = firstHash / TilePath.WIDTH;
    byte[] tile = tile(tileLevel, tileIndex);
    int from = (int) (firstHash % TilePath.WIDTH);
    return fold(tile, from, 1 << within);
  }

  private byte[] fold(byte[] tile, int from, int count) throws IOException {
    if (count == 1) {
      int start = from * TreeHash.LENGTH;
      if (start + TreeHash.LENGTH > tile.length) {
        throw new IOException("a hash tile below `" + folder + "` is too short");
      }
      return Arrays.copyOfRange(tile, start, start + TreeHash.LENGTH);
    }
    byte[] left = fold(tile, from, count / 2);
    return hash.node(left, fold(tile, from + count / 2, count / 2));
  }

  private byte[] tile(int level, long index) throws IOException {
    long hashes = size >> (level * TilePath.HEIGHT);
    int width = (int) Math.min(TilePath.WIDTH, hashes - index * TilePath.WIDTH);
    if (width <= 0) {
      throw new IOException("no hash tile " + level + "/" + index + " in a tree of " + size);
    }
    String path = TilePath.tile(level, index, width);
    byte[] tile = cache.get(path);
    if (tile == null) {
      tile = read(level, index, width);
      cache.put(path, tile);
    }
    return tile;
  }

  private byte[] read(int level, long index, int width) throws IOException {
    Path exact = folder.resolve(TilePath.tile(level, index, width));
    Path full = folder.resolve(TilePath.tile(level, index, TilePath.WIDTH));
    return Files.readAllBytes(Files.exists(exact) ? exact : full);
  }
}
