package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last good bundle on disk: the archive under its digest, and a small file that names it. What is
 * read back is compared with the digest, and whoever uses it verifies the signature again. One guard at
 * a time; a crash leaves either the old or the new one.
 */
final class BundleStore {
  private static final String ACTIVE = "active.json";
  private static final String STATUS = "status.json";
  private static final String SUFFIX = ".tar.gz";

  private final Path folder;

  BundleStore(Path folder) {
    this.folder = folder;
  }

  /**
   * What is kept.
   *
   * @param content digest of the files, whoever packed and signed them
   * @param etag what the server called it, or null
   * @param activated when it was put in force
   */
  record Active(
      Digest digest, String content, String revision, @Nullable String etag, Instant activated) {
    JsonObject document() {
      JsonObject.Builder fields =
          JsonObject.builder()
              .put("schema", 1)
              .put("digest", digest.text())
              .put("content", content)
              .put("revision", revision)
              .put("activated", activated.toString());
      return etag == null ? fields.build() : fields.put("etag", etag).build();
    }
  }

  /** What was last put in force, or null. */
  @Nullable Active active() throws IOException {
    Path file = folder.resolve(ACTIVE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonObject fields = StrictJson.parseObject(Files.readAllBytes(file), JsonLimits.message());
      String digest = fields.string("digest");
      String content = fields.string("content");
      String revision = fields.string("revision");
      String activated = fields.string("activated");
      Digest known = digest == null ? null : Digest.ofText(digest);
      if (known != null && content != null && revision != null && activated != null) {
        return new Active(
            known, content, revision, fields.string("etag"), Instant.parse(activated));
      }
    } catch (MalformedJsonException | java.time.DateTimeException damaged) {
      // Falls through: a damaged state is no state, and must not be taken for an empty one.
    }
    throw new IOException(
        "`" + file + "` is damaged; remove it to forget which bundle and revision decided last");
  }

  /** The archive, if it is what its digest says. */
  byte[] archive(Active active, int limit) throws IOException {
    Path file = file(active.digest());
    if (Files.size(file) > limit) {
      throw new IOException("`" + file + "` is larger than " + limit + " bytes");
    }
    byte[] archive = Files.readAllBytes(file);
    if (!Digest.of(archive).equals(active.digest())) {
      throw new IOException("`" + file + "` is not what was put in force: its digest differs");
    }
    return archive;
  }

  /** Keeps a bundle that was put in force, and forgets the one before. */
  void keep(LoadedBundle bundle, @Nullable String etag, Instant now) throws IOException {
    Files.createDirectories(folder);
    Path file = file(bundle.digest());
    if (!Files.exists(file) || Files.size(file) != bundle.archive().length) {
      write(file, bundle.archive());
    }
    Active active =
        new Active(bundle.digest(), bundle.policies().revision(), bundle.revision(), etag, now);
    write(folder.resolve(ACTIVE), text(active.document()));
    forgetOthers(file);
  }

  private void forgetOthers(Path kept) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.matches("[0-9a-f]{64}\\.tar\\.gz") && !file.equals(kept)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Notes how it stands, for tools that look from outside. */
  void note(BundleStatus status) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(STATUS);
    byte[] text = text(status.document());
    Path part = file.resolveSibling(STATUS + ".part");
    Files.write(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The noted document, or null. */
  @Nullable JsonObject noted() throws IOException {
    Path file = folder.resolve(STATUS);
    try {
      return Files.exists(file)
          ? StrictJson.parseObject(Files.readAllBytes(file), JsonLimits.message())
          : null;
    } catch (MalformedJsonException damaged) {
      return null;
    }
  }

  private Path file(Digest digest) {
    return folder.resolve(digest.text().substring("sha256:".length()) + SUFFIX);
  }

  private static byte[] text(JsonObject document) {
    return (JsonText.text(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
