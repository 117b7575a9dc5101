package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes what was removed as a signed note, before it is removed. */
final class RemovalNote {
  private final InstanceFolder folder;
  private final NoteSigner signer;
  private final LogFiles files = LogFiles.disk();

  RemovalNote(InstanceFolder folder, NoteSigner signer) {
    this.folder = folder;
    this.signer = signer;
  }

  /** The note's text: the signer's name, then one line of canonical JSON. */
  void write(Instant now, String what, JsonObject removed) throws IOException {
    JsonObject said =
        JsonObject.builder()
            .put("time", RecordTime.text(now))
            .put("action", what)
            .put("removed", removed)
            .build();
    String text = signer.verifier().name() + "\n" + CanonicalJson.text(said) + "\n";
    byte[] note = signer.sign(text).getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(folder.notes());
    Path file = free(RecordTime.text(now).replace(":", "") + "-" + what);
    try (LogChannel channel = files.create(file)) {
      channel.append(ByteBuffer.wrap(note));
      channel.force();
    }
    files.forceFolder(folder.notes());
  }

  private Path free(String name) {
    Path file = folder.notes().resolve(name + ".note");
    for (int more = 2; Files.exists(file); more++) {
      file = folder.notes().resolve(name + "-" + more + ".note");
    }
    return file;
  }
}
