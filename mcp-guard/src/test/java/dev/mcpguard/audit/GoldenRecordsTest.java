package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of one record of each kind, and of their frames, as the first release wrote them. They
 * are what proofs cover: refreshed only on purpose, with {@code -Dmcpguard.golden.refresh=true}.
 */
final class GoldenRecordsTest {
  private static final String NAME = "records.txt";

  @TempDir Path folder;

  private static Path golden() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path module = at.resolve("mcp-guard/src/test/resources/dev/mcpguard/audit/golden");
      if (Files.isDirectory(module)) {
        return module.resolve(NAME);
      }
    }
    throw new AssertionError("no folder of golden records above this one");
  }

  private String written() throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      long admission = log.admit(Records.admission("d-1")).sequence();
      log.settle(Records.outcome("d-1", admission));
      log.settle(Records.refusal("d-2", "policy-denied"));
      JsonObject event =
          JsonObject.builder()
              .put("event", JsonObject.builder().put("type", "requests-folded").put("total", 7).build())
              .build();
      log.settle(new CallRecord(RecordKind.EVENT, "d-3", event, Map.of()));
    }
    return frames(new CallLogReader(folder, null).instance("one").segment(0));
  }

  /**
   * Type, link and leaf of each frame. Sealed payloads differ by chance and give their length; their
   * digests in the leaf are masked, and the links are those of the masked leaves.
   */
  private static String frames(Path segment) throws IOException {
    StringBuilder lines = new StringBuilder();
    TreeHash hash = new TreeHash();
    byte[] link = new byte[TreeHash.LENGTH];
    byte[] masked = link;
    try (FrameReader frames = FrameReader.open(segment)) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        byte[] body = frame.body();
        lines.append(frame.type()).append(' ').append(frame.sequence()).append(' ');
        switch (frame.type()) {
          case SEGMENT -> lines.append(HexFormat.of().formatHex(body));
          case PAYLOAD -> lines.append(body.length);
          case LEAF -> {
            link = hash.link(link, hash.leaf(body, TreeHash.LENGTH, body.length - TreeHash.LENGTH));
            assertArrayEquals(link, Arrays.copyOf(body, TreeHash.LENGTH));
            String leaf =
                new String(body, 32, body.length - 32, StandardCharsets.UTF_8)
                    .replaceAll("(\"sealed\":\\{[^}]*?)\"sha256:[0-9a-f]{64}\"", "$1\"(by chance)\"");
            masked = hash.link(masked, hash.leaf(leaf.getBytes(StandardCharsets.UTF_8)));
            lines.append(HexFormat.of().formatHex(masked)).append(' ').append(leaf);
          }
        }
        lines.append('\n');
      }
    }
    return lines.toString();
  }

  @Test
  void oneRecordOfEachKindHasTheBytesItAlwaysHad() throws Exception {
    String written = written();
    for (RecordKind kind : RecordKind.values()) {
      assertTrue(written.contains("\"kind\":\"" + kind.text() + "\""), kind.text());
    }
    if (Boolean.getBoolean("mcpguard.golden.refresh")) {
      Files.writeString(golden(), written);
    }
    assertEquals(Files.readString(golden()), written);
  }
}
