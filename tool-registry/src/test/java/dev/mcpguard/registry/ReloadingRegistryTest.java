package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadingRegistryTest {
  /** Writes down what it is told. */
  private static final class RecordingListener implements RegistryListener {
    private final List<String> told = new ArrayList<>();

    @Override
    public void reloaded(RegistrySnapshot before, RegistrySnapshot now) {
      told.add("reloaded " + before.manifests().size() + " " + now.manifests().size());
    }

    @Override
    public void refused(List<Finding> findings) {
      told.add("refused " + findings.size());
    }
  }

  private final RecordingListener listener = new RecordingListener();
  @TempDir Path folder;

  @BeforeEach
  void oneManifest() throws Exception {
    Files.writeString(folder.resolve("files.yaml"), Manifests.HEAD);
  }

  private void write(String tools) throws Exception {
    Files.writeString(folder.resolve("files.yaml"), Manifests.HEAD + "tools: " + tools + "\n");
  }

  @Test
  void changedContentIsLoadedAndUnchangedContentIsNot() throws Exception {
    ReloadingRegistry registry = new ReloadingRegistry(folder, listener);
    RegistrySnapshot first = registry.current();
    Files.writeString(folder.resolve("files.yaml"), Manifests.HEAD);
    registry.poll();
    assertSame(first, registry.current());
    write("{a: {class: read}}");
    registry.poll();
    assertNotNull(registry.current().find("files", "a"));
    Files.delete(folder.resolve("files.yaml"));
    registry.poll();
    assertNull(registry.current().find("files", "a"));
    assertEquals(List.of("reloaded 1 1", "reloaded 1 0"), listener.told);
  }

  @Test
  void lastGoodSnapshotStaysInForceAndFindingsAreToldOnce() throws Exception {
    ReloadingRegistry registry = new ReloadingRegistry(folder, listener);
    RegistrySnapshot good = registry.current();
    write("{a: {class: Read}}");
    registry.poll();
    registry.poll();
    assertSame(good, registry.current());
    write("{a: {class: Read}, b: {class: Read}}");
    registry.poll();
    Files.writeString(folder.resolve("files.yaml"), Manifests.HEAD);
    registry.poll();
    assertEquals(good.revision(), registry.current().revision());
    assertEquals(List.of("refused 1", "refused 2", "reloaded 1 1"), listener.told);
  }

  @Test
  void folderThatVanishesKeepsTheLastGoodSnapshotAndIsLoadedWhenItIsBack() throws Exception {
    ReloadingRegistry registry = new ReloadingRegistry(folder, listener);
    RegistrySnapshot good = registry.current();
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    registry.poll();
    registry.poll();
    assertSame(good, registry.current());
    Files.move(away, folder);
    registry.poll();
    assertEquals(List.of("refused 1", "reloaded 1 1"), listener.told);
  }

  @Test
  void firstLoadHasToSucceed() throws Exception {
    write("{a: {class: Read}}");
    assertThrows(ConfigException.class, () -> new ReloadingRegistry(folder, listener));
  }

  @Test
  void watcherPollsAndSurvivesAListenerThatThrows() throws Exception {
    CountDownLatch reloads = new CountDownLatch(2);
    RegistryListener throwing =
        new RegistryListener() {
          @Override
          public void reloaded(RegistrySnapshot before, RegistrySnapshot now) {
            reloads.countDown();
            throw new IllegalStateException("a listener with a bug");
          }

          @Override
          public void refused(List<Finding> findings) {}
        };
    ReloadingRegistry registry = new ReloadingRegistry(folder, throwing);
    try (ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                task -> {
                  Thread thread = new Thread(task);
                  thread.setUncaughtExceptionHandler((where, bug) -> {});
                  return thread;
                });
        RegistryWatcher watcher = new RegistryWatcher(registry, scheduler, Duration.ofMillis(5))) {
      assertNotNull(watcher);
      write("{a: {class: read}}");
      while (reloads.getCount() == 2) {
        Thread.sleep(2);
      }
      write("{a: {class: write}}");
      assertTrue(reloads.await(30, TimeUnit.SECONDS));
    }
  }
}
