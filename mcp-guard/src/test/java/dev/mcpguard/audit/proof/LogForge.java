package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameBuffer;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Someone who can rewrite a segment and knows its format. */
final class LogForge {
  private final Path segment;
  private final Frame head;
  final List<byte[]> bodies = new ArrayList<>();

  LogForge(Path segment) throws IOException {
    this.segment = segment;
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = FrameReader.open(segment)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    this.head = frames.getFirst();
    frames.stream().skip(1).forEach(frame -> bodies.add(frame.body()));
  }

  /** Writes the records as they are now, checksums and numbers right, links as they were. */
  void write() throws IOException {
    FrameBuffer buffer = new FrameBuffer();
    buffer.add(FrameType.SEGMENT, 0, 0, head.body());
    for (int i = 0; i < bodies.size(); i++) {
      buffer.add(FrameType.LEAF, i, i, bodies.get(i));
    }
    byte[] bytes = new byte[buffer.size()];
    buffer.bytes().get(bytes);
    Files.write(segment, bytes);
  }

  /** As {@link #write}, with the chain made anew and each leaf saying its place. */
  void writeChained() throws IOException {
    TreeHash hash = new TreeHash();
    byte[] link = new byte[TreeHash.LENGTH];
    for (int i = 0; i < bodies.size(); i++) {
      String text = new String(leaf(i), StandardCharsets.UTF_8);
      byte[] leaf =
          text.replaceFirst("\"seq\":\\d+", "\"seq\":" + i).getBytes(StandardCharsets.UTF_8);
      link = hash.link(link, hash.leaf(leaf));
      byte[] body = Arrays.copyOf(link, TreeHash.LENGTH + leaf.length);
      System.arraycopy(leaf, 0, body, TreeHash.LENGTH, leaf.length);
      bodies.set(i, body);
    }
    write();
  }

  private byte[] leaf(int at) {
    byte[] body = bodies.get(at);
    return Arrays.copyOfRange(body, TreeHash.LENGTH, body.length);
  }
}
