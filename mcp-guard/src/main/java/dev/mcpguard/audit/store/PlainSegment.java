package dev.mcpguard.audit.store;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A segment as the committer writes it; may still grow. */
public final class PlainSegment implements SegmentReader {
  private static final int LINK = 32;

  private final FrameReader frames;

  private PlainSegment(FrameReader frames) {
    this.frames = frames;
  }

  static PlainSegment open(InstanceFolder folder, long first) throws IOException {
    return new PlainSegment(FrameReader.open(folder.segment(first)));
  }

  @Override
  public @Nullable StoredLeaf next() throws IOException {
    for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
      if (frame.type() == FrameType.LEAF && frame.body().length > LINK) {
        byte[] body = frame.body();
        byte[] link = Arrays.copyOf(body, LINK);
        byte[] leaf = Arrays.copyOfRange(body, LINK, body.length);
        return new StoredLeaf(frame.sequence(), leaf, link, frame.offset());
      }
    }
    return null;
  }

  @Override
  public void seek(long offset, long sequence) {
    frames.seek(offset);
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
