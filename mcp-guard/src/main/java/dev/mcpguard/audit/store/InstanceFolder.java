package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of the files of one instance's log. Immutable. */
public record InstanceFolder(Path path) {
  private static final String SEGMENT = ".segment";
  private static final String BUNDLES = ".bundles.gz";
  private static final String PAYLOADS = ".payloads";
  private static final String INDEX = ".index";

  public String instance() {
    return String.valueOf(path.getFileName());
  }

  /** Held locked by the one writer. */
  public Path lock() {
    return path.resolve("lock");
  }

  public Path segments() {
    return path.resolve("segments");
  }

  public Path evidence() {
    return path.resolve("evidence");
  }

  /** Signed notes on what retention and erasure removed. */
  public Path notes() {
    return path.resolve("notes");
  }

  /** The public half of the key that signs checkpoints. */
  public Path checkpointKey() {
    return path.resolve("checkpoint-key.pub");
  }

  /** The newest signed checkpoint. */
  public Path checkpoint() {
    return path.resolve("checkpoint");
  }

  /** Open segment, or closed and not yet packed: leaves and payloads. */
  public Path segment(long first) {
    return named(first, SEGMENT);
  }

  /** Zeros that become the next segment of a busy log; nobody's, may be deleted. */
  public Path prepared() {
    return segments().resolve("next.prepared");
  }

  /** Packed leaves of a closed segment. */
  public Path bundles(long first) {
    return named(first, BUNDLES);
  }

  /** Sealed payloads of a packed segment. */
  public Path payloads(long first) {
    return named(first, PAYLOADS);
  }

  /** Search index of a segment; can be rebuilt. */
  public Path index(long first) {
    return named(first, INDEX);
  }

  private Path named(long first, String ending) {
    return segments().resolve(String.format(Locale.ROOT, "%016d", first) + ending);
  }

  /** First sequence numbers of all segments, packed or not, ascending. */
  public List<Long> segmentStarts() throws IOException {
    TreeSet<Long> starts = new TreeSet<>();
    if (!Files.isDirectory(segments())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(segments())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if ((name.endsWith(SEGMENT) || name.endsWith(BUNDLES)) && name.matches("\\d{16}\\..*")) {
          starts.add(Long.parseLong(name.substring(0, 16)));
        }
      }
    }
    return List.copyOf(starts);
  }
}
