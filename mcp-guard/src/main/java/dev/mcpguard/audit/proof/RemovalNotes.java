package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the signed notes beside a log say was removed: whatever is gone without one was not removed
 * by retention or erasure. Memory: the erased sequence numbers.
 */
final class RemovalNotes {
  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(64 << 20);

  /** Records from {@code first} up to but not including {@code end}. */
  private record Range(long first, long end) {
    boolean has(long sequence) {
      return first <= sequence && sequence < end;
    }
  }

  private final List<Range> records = new ArrayList<>();
  private final List<Range> payloads = new ArrayList<>();
  private final Set<Long> erased = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private RemovalNotes() {}

  /** Reads all notes; without a key they are read and not believed more than the log itself. */
  static RemovalNotes read(InstanceFolder folder, @Nullable NoteKey key) throws IOException {
    RemovalNotes notes = new RemovalNotes();
    if (Files.isDirectory(folder.notes())) {
      try (Stream<Path> files = Files.list(folder.notes())) {
        for (Path file : files.sorted().toList()) {
          notes.add(file, key);
        }
      }
    }
    return notes;
  }

  private void add(Path file, @Nullable NoteKey key) throws IOException {
    String note = Files.readString(file);
    if (key != null && NoteSigner.open(note, key) == null) {
      problems.add("the note `" + file.getFileName() + "` is not signed by " + key.name());
      return;
    }
    String[] lines = note.split("\n", 3);
    try {
      JsonObject said =
          StrictJson.parseObject(
              lines.length < 2 ? new byte[0] : lines[1].getBytes(StandardCharsets.UTF_8), LIMITS);
      add(said.object("removed"));
    } catch (MalformedJsonException damaged) {
      problems.add("the note `" + file.getFileName() + "` cannot be read");
    }
  }

  private void add(@Nullable JsonObject removed) {
    if (removed == null) {
      return;
    }
    JsonArray sequences = removed.array("payloads_of");
    for (JsonValue sequence : sequences == null ? List.<JsonValue>of() : sequences.values()) {
      erased.add(number(sequence));
    }
    Range range = new Range(number(removed.get("first")), number(removed.get("end")));
    if ("records".equals(removed.string("what"))) {
      records.add(range);
      payloads.add(range);
    } else if ("payloads".equals(removed.string("what"))) {
      payloads.add(range);
    }
  }

  private static long number(@Nullable JsonValue value) {
    Long number = value instanceof JsonNumber written ? written.longValue() : null;
    return number == null ? -1 : number;
  }

  /** The first record below {@code end} that no note says was removed, or -1. */
  long unexplained(long end) {
    long at = 0;
    while (at < end) {
      long from = at;
      at = records.stream().filter(range -> range.has(from)).mapToLong(Range::end).max().orElse(-1);
      if (at < 0) {
        return from;
      }
    }
    return -1;
  }

  boolean payloadRemoved(long sequence) {
    return payloads.stream().anyMatch(range -> range.has(sequence));
  }

  boolean payloadErased(long sequence) {
    return erased.contains(sequence);
  }

  List<String> problems() {
    return problems;
  }
}
