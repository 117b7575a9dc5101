package dev.mcpguard.audit.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first frame of a segment.
 *
 * @param link the link of the chain before the first record; 32 zero bytes in the first segment
 * @param open sequence number by decision id of the admissions without an outcome when it began, so
 *     that recovery reads one segment only
 */
public record SegmentHead(byte[] link, Map<String, Long> open) {
  private static final int FORMAT = 1;

  public SegmentHead {
    open = Map.copyOf(open);
  }

  /** The head of the first segment of a log. */
  public static SegmentHead first() {
    return new SegmentHead(new byte[32], Map.of());
  }

  public byte[] body() {
    int length = 4 + link.length + 4;
    List<byte[]> names = new ArrayList<>();
    TreeMap<String, Long> sorted = new TreeMap<>(open);
    for (String decisionId : sorted.keySet()) {
      byte[] name = decisionId.getBytes(StandardCharsets.UTF_8);
      names.add(name);
      length += 12 + name.length;
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    body.putInt(FORMAT).put(link).putInt(names.size());
    int at = 0;
    for (long sequence : sorted.values()) {
      byte[] name = names.get(at++);
      body.putLong(sequence).putInt(name.length).put(name);
    }
    return body.array();
  }

  /** Reads what {@link #body} made; throws {@link IllegalArgumentException} for another format. */
  public static SegmentHead ofBody(byte[] bytes) {
    ByteBuffer body = ByteBuffer.wrap(bytes);
    if (body.getInt() != FORMAT) {
      throw new IllegalArgumentException(
          "a segment of an unknown format; read it with a newer guard");
    }
    byte[] link = new byte[32];
    body.get(link);
    int count = body.getInt();
    TreeMap<String, Long> open = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      long sequence = body.getLong();
      byte[] name = new byte[body.getInt()];
      body.get(name);
      open.put(new String(name, StandardCharsets.UTF_8), sequence);
    }
    return new SegmentHead(link, open);
  }
}
