package dev.mcpguard.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.downstream.catalogue.Freshness;
import dev.mcpguard.downstream.catalogue.LiveToolRegistry;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests are read again under load: every call finds its tool, by the old snapshot or the new. */
class RegistryReloadTest {
  private static final int CALLERS = 3;
  private static final int RELOADS = 5;

  private static Kept<RegistrySnapshot> kept(Path folder, FakeCallLog log) throws Exception {
    return new Kept<>(
        new Kept.Source<>(
            "registry", folder, () -> RegistryLoader.load(folder),
            snapshot -> CanonicalJson.bytes(snapshot.evidence())),
        log,
        snapshot -> {});
  }

  private static ToolRegistry registry(Kept<RegistrySnapshot> kept, ManyManifests many) {
    return new LiveToolRegistry(
        new BehindGuard(kept), server -> many.link(), new DefinitionJudge()::apply,
        Freshness.standard(), CatalogueListener.NONE);
  }

  @Test
  void b8NoCallIsDroppedWhileManifestsAreReadAgain(@TempDir Path folder) throws Exception {
    ManyManifests many = new ManyManifests(folder, 60, 5);
    FakeCallLog log = new FakeCallLog();
    Kept<RegistrySnapshot> kept = kept(folder, log);
    ToolRegistry registry = registry(kept, many);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    ConcurrentLinkedQueue<ToolLookup> dropped = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      Random random = new Random(caller);
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      ToolLookup found =
                          registry.find(
                              ManyManifests.server(random.nextInt(many.servers())),
                              ManyManifests.tool(random.nextInt(many.tools())));
                      calls.incrementAndGet();
                      if (!(found instanceof ToolLookup.Found)) {
                        dropped.add(found);
                      }
                    }
                  }));
    }
    Digest before = kept.revision();
    for (int reload = 0; reload < RELOADS; reload++) {
      for (int server = 0; server < many.servers(); server += 7) {
        many.write(server, "written again " + reload);
      }
      kept.poll();
      assertEquals("", kept.problem());
      assertNotEquals(before, kept.revision());
      before = kept.revision();
    }
    over.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(List.of(), List.copyOf(dropped));
    assertTrue(calls.get() > 0, "no call was made");
    assertEquals(RELOADS, log.settled.size(), "each reload is recorded");
  }

  @Test
  void b7BrokenManifestLeavesTheLastGoodOnesInForce(@TempDir Path folder) throws Exception {
    ManyManifests many = new ManyManifests(folder, 3, 2);
    Kept<RegistrySnapshot> kept = kept(folder, new FakeCallLog());
    ToolRegistry registry = registry(kept, many);
    Digest before = kept.revision();
    Files.writeString(folder.resolve("server-1.yaml"), "schema: 1\nserver: server-1\nowner: [");
    kept.poll();
    assertTrue(kept.problem().contains("server-1.yaml"), kept::problem);
    assertEquals(before, kept.revision());
    assertInstanceOf(ToolLookup.Found.class, registry.find("server-1", ManyManifests.tool(0)));
    many.write(1, "mended");
    kept.poll();
    assertEquals("", kept.problem());
    assertNotEquals(before, kept.revision());
  }
}
