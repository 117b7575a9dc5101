package dev.mcpguard.rego.bundle;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gzipped tar into memory: plain files and folders, nothing else. Links, devices, sparse files,
 * paths that leave the root, and a path that stands there twice refuse the whole archive.
 */
final class TarReader {
  private static final int LONGEST_HEADER = 16 << 10;

  private final byte[] tar;
  private final BundleLimits limits;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Set<String> folders = new HashSet<>();
  private int at;
  private int entries;
  private byte @Nullable [] longPath;

  private TarReader(byte[] tar, BundleLimits limits) {
    this.tar = tar;
    this.limits = limits;
  }

  /** The files by path. */
  static SortedMap<String, byte[]> read(byte[] archive, BundleLimits limits)
      throws RefusedBundleException {
    if (archive.length > limits.archive()) {
      throw RefusedBundleException.limits(
          "it is larger than " + limits.archive() + " bytes");
    }
    byte[] tar = Gunzip.unpack(archive, limits.room(archive.length));
    return new TarReader(tar, limits).read();
  }

  private SortedMap<String, byte[]> read() throws RefusedBundleException {
    while (at + TarHeader.BLOCK <= tar.length && !TarHeader.blank(tar, at)) {
      TarHeader header = TarHeader.read(tar, at);
      at += TarHeader.BLOCK;
      entry(header);
    }
    end();
    if (longPath != null) {
      throw RefusedBundleException.archive("a long path has no file");
    }
    for (String folder : folders) {
      if (files.containsKey(folder)) {
        throw twice(folder);
      }
    }
    return files;
  }

  private void entry(TarHeader header) throws RefusedBundleException {
    if (++entries > limits.files()) {
      throw RefusedBundleException.limits("it holds more than " + limits.files() + " entries");
    }
    switch (header.type()) {
      case '0', '\0' -> file(path(header), content(header, limits.file()));
      case '5' -> folder(path(header), header);
      case 'x' -> longPath(PaxRecords.path(content(header, LONGEST_HEADER), false));
      case 'g' -> PaxRecords.path(content(header, LONGEST_HEADER), true);
      case 'L' -> longPath(withoutZero(content(header, LONGEST_HEADER)));
      default ->
          throw RefusedBundleException.archive(
              RefusedBundleException.quoted(path(header))
                  + " is no plain file (tar type " + RefusedBundleException.quoted(
                      String.valueOf(header.type()))
                  + "); a bundle holds no links, devices or sparse files");
    }
  }

  private void longPath(byte @Nullable [] path) throws RefusedBundleException {
    if (path != null && longPath != null) {
      throw RefusedBundleException.archive("two long paths for one file");
    }
    longPath = path == null ? longPath : path;
  }

  private String path(TarHeader header) throws RefusedBundleException {
    byte[] path = longPath == null ? header.path() : longPath;
    longPath = null;
    return EntryPath.of(path, limits.path());
  }

  private static byte[] withoutZero(byte[] name) {
    int end = name.length;
    return end > 0 && name[end - 1] == 0 ? Arrays.copyOf(name, end - 1) : name;
  }

  private byte[] content(TarHeader header, int most) throws RefusedBundleException {
    long size = header.size();
    if (size > most) {
      throw RefusedBundleException.limits("an entry is larger than " + most + " bytes");
    }
    long padded = (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
    if (padded > tar.length - at) {
      throw RefusedBundleException.archive("the tar data ends early");
    }
    byte[] content = Arrays.copyOfRange(tar, at, at + (int) size);
    at += (int) padded;
    return content;
  }

  private void file(String path, byte[] content) throws RefusedBundleException {
    if (path.isEmpty() || path.endsWith("/")) {
      throw RefusedBundleException.archive("a file without a name");
    }
    if (files.putIfAbsent(path, content) != null) {
      throw twice(path);
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
  }

  private void folder(String path, TarHeader header) throws RefusedBundleException {
    if (header.size() != 0) {
      throw RefusedBundleException.archive("a folder with content");
    }
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!bare.isEmpty()) {
      folders.add(bare);
    }
  }

  /** Two blank blocks end the archive; whatever follows must be blank too. */
  private void end() throws RefusedBundleException {
    if (tar.length - at < 2 * TarHeader.BLOCK) {
      throw RefusedBundleException.archive("the tar data ends early");
    }
    for (int i = at; i < tar.length; i++) {
      if (tar[i] != 0) {
        throw RefusedBundleException.archive("bytes follow the end of the tar data");
      }
    }
  }

  private static RefusedBundleException twice(String path) {
    return RefusedBundleException.archive(
        "the path " + RefusedBundleException.quoted(path) + " is there twice");
  }
}
