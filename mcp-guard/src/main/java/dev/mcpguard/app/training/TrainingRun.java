package dev.mcpguard.app.training;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.wiring.GuardServer;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.issuer.TokenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Drives the whole main path, front to log, in both eras, so that the JVM can keep what it loaded,
 * linked and counted on the way (JEP 514, JEP 515). Uses a folder and ports of its own and nothing of
 * the operator's.
 */
public final class TrainingRun {
  private static final int CALLERS = 4;

  private TrainingRun() {}

  /**
   * Runs.
   *
   * @param policies a policy folder that permits a declared read
   * @param calls in each era
   * @return how many calls were answered by their result
   */
  public static int run(Path policies, int calls) throws Exception {
    try (EchoServer echo = EchoServer.start();
        TrainingHome home = TrainingHome.create(policies, echo.url())) {
      GuardConfiguration configuration = home.configuration();
      try (GuardServer guard = GuardServer.start(configuration, InstantSource.system())) {
        return drive(guard.port(), token(configuration), calls);
      }
    }
  }

  private static String token(GuardConfiguration configuration) throws IOException {
    Path folder = configuration.developmentIssuer();
    if (folder == null) {
      throw new IllegalStateException("the training home has an issuer");
    }
    String resource = configuration.front().route("echo").resource();
    return DevelopmentIssuer.open(folder, InstantSource.system())
        .token(
            new TokenRequest(
                TrainingHome.AGENT, List.of(resource), "mcp:read", Duration.ofHours(1)));
  }

  private static int drive(int port, String token, int calls) throws InterruptedException {
    int[] answered = new int[CALLERS];
    Thread[] callers = new Thread[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      callers[i] =
          Thread.ofPlatform()
              .start(() -> answered[caller] = answered(port, token, calls / CALLERS));
    }
    int total = 0;
    for (int i = 0; i < CALLERS; i++) {
      callers[i].join();
      total += answered[i];
    }
    return total;
  }

  private static int answered(int port, String token, int calls) {
    int answered = 0;
    try (TrainingClient client = new TrainingClient(port, token)) {
      client.open();
      for (int i = 1; i <= calls; i++) {
        answered += client.legacy(i) == 200 ? 1 : 0;
        answered += client.modern(i) == 200 ? 1 : 0;
      }
    } catch (IOException broken) {
      // what was answered until then is told; the caller compares
    }
    return answered;
  }
}
