package dev.mcpguard.rego.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The path of an entry. Nothing is ever written by it to a disk, but it says where data stands, it is
 * what a signature covers, and other readers of the same archive do write files.
 */
final class EntryPath {
  private EntryPath() {}

  /**
   * The path relative to the root of the bundle. OPA writes one slash before it, tar of a folder writes
   * {@code ./}; empty for the root itself.
   */
  static String of(byte[] bytes, int limit) throws RefusedBundleException {
    String path = text(bytes);
    if (bytes.length > limit) {
      throw RefusedBundleException.limits(
          "the path " + RefusedBundleException.quoted(path) + " is longer than " + limit + " bytes");
    }
    String relative =
        path.startsWith("./") ? path.substring(2) : path.startsWith("/") ? path.substring(1) : path;
    boolean folder = relative.endsWith("/");
    String bare = folder ? relative.substring(0, relative.length() - 1) : relative;
    if (bare.isEmpty() || bare.equals(".")) {
      return "";
    }
    for (String part : bare.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw trick(path);
      }
    }
    if (bare.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw trick(path);
    }
    return folder ? bare + "/" : bare;
  }

  private static RefusedBundleException trick(String path) {
    return RefusedBundleException.archive(
        "the path " + RefusedBundleException.quoted(path) + " is no plain relative path");
  }

  static String text(byte[] bytes) throws RefusedBundleException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw RefusedBundleException.archive("a path is not UTF-8");
    }
  }
}
