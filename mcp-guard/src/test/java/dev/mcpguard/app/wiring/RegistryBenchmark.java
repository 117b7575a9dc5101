package dev.mcpguard.app.wiring;

import dev.mcpguard.admin.OwnRegistry;
import dev.mcpguard.admin.OwnTools;
import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.downstream.catalogue.Freshness;
import dev.mcpguard.downstream.catalogue.LiveToolRegistry;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.registry.ManifestCache;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Measures the registry at call time and its reload; no assertion, not run by the build. {@code
 * lookup}: one look-up among 10,000 tools, on the way the gate goes. {@code reload}: 1,000 manifests
 * of 10 tools, from the changed file to the snapshot in force. Prints one line each.
 */
public final class RegistryBenchmark {
  private static final int ROUNDS = 7;

  private RegistryBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("registry-benchmark");
    try {
      switch (arguments[0]) {
        case "lookup" -> lookup(folder);
        case "reload" -> reload(folder);
        default -> throw new IllegalArgumentException("lookup or reload");
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void lookup(Path folder) throws Exception {
    ManyManifests many = new ManyManifests(folder, 100, 100);
    RegistrySnapshot snapshot =
        RegistryLoader.load(folder).with(OwnTools.manifest("team", "team"));
    DefinitionJudge judge = new DefinitionJudge();
    ToolRegistry live =
        new LiveToolRegistry(
            new BehindGuard(() -> snapshot), server -> many.link(), judge::apply,
            new Freshness(Duration.ofHours(1), Duration.ofSeconds(5), Duration.ZERO),
            CatalogueListener.NONE);
    ToolRegistry registry =
        new KeptDefinitions(
            new OwnRegistry(live, () -> snapshot, judge::apply), new FakeCallLog());
    Random random = new Random(7);
    String[] servers = new String[1 << 14];
    String[] tools = new String[1 << 14];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = ManyManifests.server(random.nextInt(100));
      tools[i] = ManyManifests.tool(random.nextInt(100));
    }
    long best = Long.MAX_VALUE;
    long found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = processor();
      int calls = 200_000;
      for (int i = 0; i < calls; i++) {
        int at = i & (servers.length - 1);
        found += registry.find(servers[at], tools[at]) instanceof ToolLookup.Found ? 1 : 0;
      }
      best = Math.min(best, (processor() - start) / (calls / 1_000));
    }
    System.out.printf(
        "look-up among 10,000 tools: %d ns of processor (best of %d rounds of 200,000; %d found)%n",
        best / 1_000, ROUNDS, found);
  }

  private static void reload(Path folder) throws Exception {
    ManyManifests many = new ManyManifests(folder, 1_000, 10);
    ManifestCache cache = new ManifestCache();
    long begin = processor();
    Kept<RegistrySnapshot> kept =
        new Kept<>(
            new Kept.Source<>(
                "registry", folder, () -> RegistryLoader.load(folder, cache),
                snapshot -> CanonicalJson.bytes(snapshot.evidence())),
            new FakeCallLog(),
            snapshot -> {});
    System.out.printf(
        "1,000 manifests of 10 tools, first load of a new process: %d ms of processor%n",
        (processor() - begin) / 1_000_000);
    reloads(many, kept, 1, "one changed");
    reloads(many, kept, many.servers(), "all changed");
  }

  private static void reloads(
      ManyManifests many, Kept<RegistrySnapshot> kept, int changed, String words)
      throws Exception {
    long[] wall = new long[ROUNDS];
    long[] processor = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int server = 0; server < changed; server++) {
        many.write(server, "written again " + words + round);
      }
      long start = System.nanoTime();
      long used = processor();
      kept.poll();
      wall[round] = (System.nanoTime() - start) / 1_000_000;
      processor[round] = (processor() - used) / 1_000_000;
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    System.out.printf(
        "reload, %s: %d ms, %d ms of processor (middle of %d; %d to %d ms)%n",
        words, wall[ROUNDS / 2], processor[ROUNDS / 2], ROUNDS, wall[0], wall[ROUNDS - 1]);
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
