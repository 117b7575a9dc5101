package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of one manifest, as read once. A changed text is loaded with the whole folder before it
 * is written, and written by one rename, so a running guard never sees half of it.
 */
public final class ManifestFile {
  private final Path folder;
  private final String name;
  private final byte[] before;
  private final ServerManifest manifest;

  private ManifestFile(Path folder, String name, byte[] before, ServerManifest manifest) {
    this.folder = folder;
    this.name = name;
    this.before = before;
    this.manifest = manifest;
  }

  /** Reads the manifest of a server; the whole folder must load. */
  public static ManifestFile read(Path folder, String server) throws ConfigException, IOException {
    RegistrySnapshot snapshot = RegistryLoader.load(folder);
    ServerManifest manifest = snapshot.manifest(server);
    if (manifest == null) {
      String known = String.join(", ", snapshot.evidence().members().keySet());
      throw new ConfigException(
          List.of(
              new Finding(
                  folder.toString(), 0, "", "no manifest of a server `" + server + "`",
                  known.isEmpty() ? "draft one with `registry inspect`" : "known are " + known)));
    }
    String name = server + ".yaml";
    return new ManifestFile(folder, name, Files.readAllBytes(folder.resolve(name)), manifest);
  }

  ManifestEdit edit() throws ConfigException {
    return new ManifestEdit(name, new String(before, StandardCharsets.UTF_8));
  }

  /** The manifest of the server. */
  public ServerManifest manifest() {
    return manifest;
  }

  /** The folder of all manifests. */
  public Path folder() {
    return folder;
  }

  /** Whether the folder would load with this text; throws with what is wrong. */
  void check(String text) throws ConfigException {
    RegistryLoader.loadWith(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts the text in place of what was read, unless somebody else changed the file meanwhile. */
  void write(String text) throws ConfigException, IOException {
    check(text);
    Path file = folder.resolve(name);
    if (!Arrays.equals(before, Files.readAllBytes(file))) {
      throw new IOException("`" + file + "` was changed by somebody else meanwhile; look again");
    }
    // a name that starts with a dot is not taken for a manifest
    Path temporary = Files.createTempFile(folder, "." + name, ".tmp");
    Files.writeString(temporary, text);
    Set<PosixFilePermission> permissions = permissions(file);
    if (permissions != null) {
      Files.setPosixFilePermissions(temporary, permissions);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        ? Files.getPosixFilePermissions(file)
        : null;
  }
}
