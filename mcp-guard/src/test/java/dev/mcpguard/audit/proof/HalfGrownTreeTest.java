package dev.mcpguard.audit.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.DurableLeaves;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tile that cannot be written for a while: the tree signed after it is the log's own. */
final class HalfGrownTreeTest {
  private static final NoteSigner SIGNER = NoteSigner.of("guard.example/one", new byte[32]);

  @TempDir Path folder;

  @Test
  void treeGrowsAgainAfterATileCouldNotBeWrittenF4() throws Exception {
    CallLogReader reader = new CallLogReader(folder, null);
    InstanceFolder one = reader.instance("one");
    try (SegmentedCallLog log =
        SegmentedCallLog.open(CallLogSettings.of(folder, "one").withDisk(0, 0), Records.CLOCK)) {
      DurableLeaves durable = log.durable();
      try (Checkpointer checkpointer =
          new Checkpointer(reader, "one", SIGNER, durable, List.of())) {
        append(log, 100);
        assertNotNull(checkpointer.publish());
        append(log, 500);
        // no file can take the name of a folder that holds something
        Path inTheWay = Files.createDirectories(one.path().resolve("tile/0/000/x"));
        assertThrows(IOException.class, checkpointer::absorb);
        assertThrows(IOException.class, checkpointer::publish);
        append(log, 200);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertNotNull(checkpointer.publish());
      }
    }
    VerificationReport report = new Verifier(one, SIGNER.verifier(), List.of()).verify(done -> {});
    assertTrue(report.good(), report.toString());
    assertEquals(800, report.covered());
  }

  private static void append(SegmentedCallLog log, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      log.settle(Records.refusal("d-" + log.durableSize(), "policy-denied"));
    }
  }
}
