package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.TilePath;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Grows the hash tiles of a tree. Full tiles are written as they fill, partial ones on {@link
 * #sync}; every file as temporary file, sync, rename. Tiles can be rebuilt from the log. After an
 * exception of {@link #add} it must not be used again. Not thread-safe.
 */
final class TileWriter {
  private static final int FULL = TilePath.WIDTH * TreeHash.LENGTH;

  private final LogFiles files;
  private final Path folder;
  private final TreeHash hash = new TreeHash();
  /** One for each level, a full tile long; how much of it counts follows from the size. */
  private final List<byte[]> open = new ArrayList<>();

  private long size;

  TileWriter(LogFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Continues a tree of {@code size} leaves whose tiles exist. */
  static TileWriter resume(LogFiles files, Path folder, long size) throws IOException {
    TileWriter writer = new TileWriter(files, folder);
    writer.size = size;
    for (int level = 0; size >> (level * TilePath.HEIGHT) > 0; level++) {
      long hashes = size >> (level * TilePath.HEIGHT);
      int width = (int) (hashes % TilePath.WIDTH);
      String path = TilePath.tile(level, hashes / TilePath.WIDTH, width);
      byte[] tile = width == 0 ? new byte[0] : Files.readAllBytes(folder.resolve(path));
      if (tile.length != width * TreeHash.LENGTH) {
        throw new IOException("the hash tile `" + path + "` is damaged");
      }
      writer.open.add(Arrays.copyOf(tile, FULL));
    }
    return writer;
  }

  long size() {
    return size;
  }

  void add(byte[] leafHash) throws IOException {
    size++;
    add(0, leafHash);
  }

  private void add(int level, byte[] node) throws IOException {
    if (open.size() == level) {
      open.add(new byte[FULL]);
    }
    byte[] tile = open.get(level);
    int width = width(level);
    int last = (width == 0 ? TilePath.WIDTH : width) - 1;
    System.arraycopy(node, 0, tile, last * TreeHash.LENGTH, TreeHash.LENGTH);
    if (width == 0) {
      long index = (size >> ((level + 1) * TilePath.HEIGHT)) - 1;
      write(TilePath.tile(level, index, TilePath.WIDTH), tile);
      add(level + 1, root(tile));
    }
  }

  /** Hashes of this level that do not fill a tile. */
  private int width(int level) {
    return (int) ((size >> (level * TilePath.HEIGHT)) % TilePath.WIDTH);
  }

  private byte[] root(byte[] tile) {
    byte[] row = tile;
    while (row.length > TreeHash.LENGTH) {
      byte[] above = new byte[row.length / 2];
      for (int at = 0; at < row.length; at += 2 * TreeHash.LENGTH) {
        byte[] left = Arrays.copyOfRange(row, at, at + TreeHash.LENGTH);
        byte[] right = Arrays.copyOfRange(row, at + TreeHash.LENGTH, at + 2 * TreeHash.LENGTH);
        System.arraycopy(hash.node(left, right), 0, above, at / 2, TreeHash.LENGTH);
      }
      row = above;
    }
    return row;
  }

  /** Writes the partial tiles of the tree as it is now. */
  void sync() throws IOException {
    for (int level = 0; level < open.size(); level++) {
      int width = width(level);
      long index = (size >> (level * TilePath.HEIGHT)) / TilePath.WIDTH;
      if (width > 0) {
        byte[] tile = Arrays.copyOf(open.get(level), width * TreeHash.LENGTH);
        write(TilePath.tile(level, index, width), tile);
      }
    }
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Path parent = file.resolveSibling(".").normalize();
    Files.createDirectories(parent);
    replace(files, file, content);
  }

  /** Replaces a small file so that a crash leaves the old or the new one. */
  static void replace(LogFiles files, Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    files.delete(temporary);
    try (LogChannel channel = files.create(temporary)) {
      channel.append(ByteBuffer.wrap(content));
      channel.force();
    }
    files.rename(temporary, file);
    files.forceFolder(file.resolveSibling(".").normalize());
  }
}
