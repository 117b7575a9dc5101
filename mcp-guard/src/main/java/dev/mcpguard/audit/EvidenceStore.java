package dev.mcpguard.audit;

import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.json.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Writes documents once, by digest: temporary file, sync, rename, sync of the folder. */
final class EvidenceStore {
  private final LogFiles files;
  private final InstanceFolder folder;
  private final Set<Path> known = new HashSet<>();

  EvidenceStore(LogFiles files, InstanceFolder folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Where a document lies: {@code evidence/<kind>/<64 hexadecimal digits>}. */
  static Path file(InstanceFolder folder, String kind, Digest digest) {
    return folder.evidence().resolve(kind).resolve(digest.text().substring("sha256:".length()));
  }

  void keep(Pending.Document document) throws IOException {
    Path file = file(folder, document.kind(), document.digest());
    Path kind = folder.evidence().resolve(document.kind());
    if (known.contains(file)) {
      return;
    }
    if (!Files.isDirectory(kind)) {
      Files.createDirectories(kind);
      files.forceFolder(folder.evidence());
      files.forceFolder(folder.path());
    }
    if (!whole(file, document.content())) {
      write(kind, file, document.content());
    }
    // a document found may have been written just before a crash: its name must be durable too
    files.forceFolder(kind);
    known.add(file);
  }

  private void write(Path kind, Path file, byte[] content) throws IOException {
    Path temporary = kind.resolve(file.getFileName() + ".tmp");
    files.delete(temporary);
    try (LogChannel channel = files.create(temporary)) {
      channel.append(ByteBuffer.wrap(content));
      channel.force();
    }
    files.rename(temporary, file);
  }

  private static boolean whole(Path file, byte[] content) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content);
  }
}
