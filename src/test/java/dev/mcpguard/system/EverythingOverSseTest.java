package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official everything server over the transport of 2024-11-05, found and listed by the guard's
 * own client. Skipped, loudly, without the rig.
 */
class EverythingOverSseTest {
  @Test
  void officialServerOfTheOldTransportIsFoundAndListed(@TempDir Path folder) throws Exception {
    Rig.assumeReady();
    int port = freePort();
    Process server = everything(port, folder);
    try {
      awaitListening(port);
      Path manifest = folder.resolve("everything.yaml");
      Path said = folder.resolve("said");
      List<String> inspect =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              "dev.mcpguard.app.Main",
              "registry", "inspect", "-n", "everything", "-o", manifest.toString(),
              "http://127.0.0.1:" + port + "/sse");
      Process guard =
          new ProcessBuilder(inspect)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertTrue(guard.waitFor(90, TimeUnit.SECONDS), "inspect did not end");
      assertEquals(0, guard.exitValue(), Files.readString(said));
      assertTrue(Files.readString(manifest).contains("echo"), Files.readString(manifest));
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
  }

  private static Process everything(int port, Path folder) throws Exception {
    Rig.Run argv = Rig.run("server", "--argv", "everything");
    List<String> command = new ArrayList<>();
    for (String word : argv.said().strip().replaceAll("[\\[\\]\"]", "").split(",")) {
      command.add(word);
    }
    command.add("sse");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server").toFile());
    builder.environment().put("PORT", Integer.toString(port));
    return builder.start();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void awaitListening(int port) throws Exception {
    for (int tries = 0; ; tries++) {
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (tries > 300) {
          throw notYet;
        }
        Thread.sleep(100);
      }
    }
  }
}
