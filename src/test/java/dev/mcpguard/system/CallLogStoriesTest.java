package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.model.AuditUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row F1 of the threats: no durable record, no call, by really failing disks. */
class CallLogStoriesTest {
  @TempDir Path folder;

  /** The reserve of 256 MiB is switched off, so that the disk itself is what says no. */
  private static GuardConfiguration withoutReserve(GuardConfiguration from) {
    return from.withAudit(from.audit().withDisk(0, 0));
  }

  private static void assertUnavailable(GuardFixture guard) throws Exception {
    int calls = guard.downstream().calls().size();
    RawHttp.Response answer = guard.send(guard.good());
    assertEquals(503, answer.status(), answer::text);
    assertEquals(
        "-32603", answer.json().at("error", "code").map(Json::toString).orElse(""), answer::text);
    // an error of the audit must not become an oracle (F10)
    assertFalse(answer.text().contains("audit"), answer::text);
    assertFalse(answer.text().contains("disk"), answer::text);
    assertEquals(calls, guard.downstream().calls().size(), "forwarded without a record");
  }

  private static void assertReady(GuardFixture guard, boolean ready) throws Exception {
    RawHttp.Response page = guard.send(Bytes.of("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    assertEquals(ready ? 200 : 503, page.status(), page::text);
  }

  @Test
  void f1_aFullDiskStopsCallsUntilAnOperatorActs() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("audit"), "512k");
        GuardFixture guard =
            GuardFixture.prepare(folder).serve(CallLogStoriesTest::withoutReserve)) {
      guard.assertPermitted(guard.good(), "echo");
      assertReady(guard, true);
      disk.fill();
      int received = guard.downstream().calls().size();
      int answered = 0;
      // what the last page of the file still holds may be used; then it is over
      while (guard.send(guard.good()).status() == 200) {
        answered++;
      }
      // the call whose outcome found no room did run
      assertTrue(guard.downstream().calls().size() - received - answered <= 1);
      assertUnavailable(guard);
      assertReady(guard, false);
      disk.empty();
      assertUnavailable(guard);
      assertReady(guard, false);
      guard.stop();
      guard.serve(CallLogStoriesTest::withoutReserve);
      guard.assertPermitted(guard.good(), "echo");
      assertReady(guard, true);
      LogAgainstDownstream.assertEveryCallIsRecorded(guard.log(), guard.downstream());
    }
  }

  @Test
  void f1_belowTheReserveNothingIsAdmittedAndSpaceBringsItBack() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("audit"), "1g");
        GuardFixture guard = GuardFixture.start(folder)) {
      guard.assertPermitted(guard.good(), "echo");
      disk.remount("size=8m");
      for (int number = 0; number < 300; number++) {
        guard.send(guard.good());
      }
      int before = guard.log().settledTerminals();
      assertUnavailable(guard);
      assertReady(guard, false);
      // the refusal itself may use the reserve
      Json record = guard.log().terminalsAfter(before, 1).getFirst();
      assertEquals("audit-unavailable", LogView.text(record, "reason"), record::toString);
      disk.remount("size=1g");
      guard.assertPermitted(guard.good(), "echo");
      assertReady(guard, true);
    }
  }

  @Test
  void f1_aReadOnlyDiskStopsCalls() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("audit"), "64m")) {
      GuardFixture guard = GuardFixture.prepare(folder).serve(CallLogStoriesTest::withoutReserve);
      try (guard) {
        guard.assertPermitted(guard.good(), "echo");
        guard.stop();
        disk.remount("ro");
        assertThrows(
            AuditUnavailableException.class, () -> guard.serve(CallLogStoriesTest::withoutReserve));
        disk.remount("rw");
        guard.serve(CallLogStoriesTest::withoutReserve);
        guard.assertPermitted(guard.good(), "echo");
      }
    }
  }

  @Test
  void f1_aDeletedLogStopsCalls() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      guard.assertPermitted(guard.good(), "echo");
      try (var files = Files.walk(guard.home().file("audit"))) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
      assertUnavailable(guard);
      assertReady(guard, false);
    }
  }

  @Test
  void f1_aRenamedOrReplacedSegmentStopsCalls() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      guard.assertPermitted(guard.good(), "echo");
      Path segment = guard.home().file("audit/guard/segments/0000000000000000.segment");
      Path aside = segment.resolveSibling("aside");
      Files.move(segment, aside);
      Files.copy(aside, segment);
      assertUnavailable(guard);
      assertReady(guard, false);
    }
  }
}
