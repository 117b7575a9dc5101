package dev.mcpguard.policy;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of every policy and data file, as an OPA bundle folder holds them: {@code *.rego} anywhere,
 * {@code data.json} and {@code data.yaml} rooted at their folder. Immutable. The revision is the digest
 * of {@link #document()}, which is kept as evidence and from which replay decides again.
 *
 * @param texts file texts by path relative to the folder, with {@code /}
 */
public record PolicyFiles(SortedMap<String, String> texts) {
  private static final String MANIFEST = ".manifest";
  private static final long LARGEST_FILE = 64L << 20;
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE - 8, 64, 10_000_000, 4_096, 10_000);

  public PolicyFiles {
    texts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /** Reads the folder. */
  public static PolicyFiles read(Path folder) throws ConfigException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder, 16)) {
      for (Path file : (Iterable<Path>) walk.filter(PolicyFiles::belongs)::iterator) {
        texts.put(folder.relativize(file).toString().replace('\\', '/'), text(file));
      }
    } catch (IOException unreadable) {
      throw problem(folder, "cannot be read: " + unreadable.getMessage(), "check the path and its permissions");
    }
    if (texts.keySet().stream().noneMatch(name -> name.endsWith(".rego"))) {
      throw problem(folder, "holds no policy", "put `.rego` files there; without a policy nothing is permitted");
    }
    return new PolicyFiles(texts);
  }

  /** The files of a bundle; its manifest belongs to what is kept as evidence. */
  public static PolicyFiles ofBundle(SortedMap<String, String> texts, String manifest) {
    SortedMap<String, String> all = new TreeMap<>(texts);
    all.put(MANIFEST, manifest);
    return new PolicyFiles(all);
  }

  /** Reads the files back from the evidence document. */
  public static PolicyFiles ofDocument(byte[] document) throws MalformedJsonException {
    SortedMap<String, String> texts = new TreeMap<>();
    JsonObject files = StrictJson.parseObject(document, LIMITS);
    files.members().forEach((path, text) -> texts.put(path, ((JsonString) text).value()));
    return new PolicyFiles(texts);
  }

  /** All files as one canonical JSON object of path to text. */
  public byte[] document() {
    JsonObject.Builder files = JsonObject.builder();
    texts.forEach(files::put);
    return CanonicalJson.bytes(files.build());
  }

  /** Digest of {@link #document()}. */
  public Digest revision() {
    return Digest.of(document());
  }

  /** The policy texts, tests left out, by path. */
  public SortedMap<String, String> modules() {
    return select(name -> name.endsWith(".rego") && !name.endsWith("_test.rego"));
  }

  /** The tests, by path. */
  public SortedMap<String, String> tests() {
    return select(name -> name.endsWith("_test.rego"));
  }

  /** The data documents, by path. */
  public SortedMap<String, String> data() {
    return select(name -> !name.endsWith(".rego") && !name.equals(MANIFEST));
  }

  /** What the bundle calls itself; null if the files are no bundle or it has no revision. */
  public @Nullable String bundleRevision() {
    String manifest = texts.get(MANIFEST);
    try {
      String revision =
          manifest == null
              ? null
              : StrictJson.parseObject(manifest.getBytes(StandardCharsets.UTF_8), LIMITS)
                  .string("revision");
      return revision == null || revision.isEmpty() ? null : revision;
    } catch (MalformedJsonException notOurs) {
      return null;
    }
  }

  /** Whether the files came as a bundle. */
  public boolean ofBundle() {
    return texts.containsKey(MANIFEST);
  }

  private SortedMap<String, String> select(java.util.function.Predicate<String> wanted) {
    SortedMap<String, String> selected = new TreeMap<>(texts);
    selected.keySet().removeIf(wanted.negate());
    return selected;
  }

  private static boolean belongs(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean wanted =
        name.endsWith(".rego")
            || name.equals("data.json")
            || name.equals("data.yaml")
            || name.equals("data.yml");
    return wanted && Files.isRegularFile(file);
  }

  private static String text(Path file) throws IOException, ConfigException {
    if (Files.size(file) > LARGEST_FILE) {
      throw problem(file, "is larger than 64 MiB", "split the data");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException notText) {
      throw problem(file, "is not UTF-8 text", "save it as UTF-8");
    }
  }

  private static ConfigException problem(Path place, String problem, String advice) {
    return new ConfigException(List.of(new Finding(place.toString(), 0, "", problem, advice)));
  }
}
