package dev.mcpguard.rego.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The extended header of POSIX tar (pax). Only a long path is taken from it; what says nothing about
 * the content is passed over; everything else could make two readers see two archives and is refused.
 */
final class PaxRecords {
  private static final Set<String> IDLE =
      Set.of(
          "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment", "SCHILY.dev",
          "SCHILY.ino", "SCHILY.nlink", "SCHILY.fflags");

  private PaxRecords() {}

  /** The path the records give the next entry, or null. */
  static byte @Nullable [] path(byte[] records, boolean global) throws RefusedBundleException {
    byte[] path = null;
    int at = 0;
    while (at < records.length) {
      int space = indexOf(records, ' ', at);
      int end = at + length(records, at, space);
      if (end > records.length || end <= space + 1 || records[end - 1] != '\n') {
        throw malformed();
      }
      int equals = indexOf(records, '=', space + 1);
      if (equals >= end) {
        throw malformed();
      }
      String key = EntryPath.text(Arrays.copyOfRange(records, space + 1, equals));
      if (key.equals("path") && !global && path == null) {
        path = Arrays.copyOfRange(records, equals + 1, end - 1);
      } else if (!IDLE.contains(key)
          && !key.startsWith("SCHILY.xattr.") && !key.startsWith("LIBARCHIVE.")) {
        throw RefusedBundleException.archive(
            "the extended tar header " + RefusedBundleException.quoted(key)
                + " is not taken; pack plain files in the ustar form");
      }
      at = end;
    }
    return path;
  }

  private static int length(byte[] records, int from, int space) throws RefusedBundleException {
    String digits = new String(records, from, space - from, StandardCharsets.ISO_8859_1);
    if (!digits.matches("[1-9][0-9]{0,6}")) {
      throw malformed();
    }
    return Integer.parseInt(digits);
  }

  private static int indexOf(byte[] bytes, char wanted, int from) throws RefusedBundleException {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw malformed();
  }

  private static RefusedBundleException malformed() {
    return RefusedBundleException.archive("an extended tar header is malformed");
  }
}
