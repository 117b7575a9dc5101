package dev.mcpguard.samples.tour;

import dev.mcpguard.samples.server.Options;
import dev.mcpguard.samples.server.UserErrorException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * {@code Tour --work FOLDER --launcher mcp-guard}: walks the story of the quickstart against the
 * running guard. Exit code 0 when the guard did all that is promised, 1 when not, 2 when the
 * quickstart does not run. Leaves the samples as it found them, so that it can be run again.
 */
public final class Tour {
  private Tour() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "samples-logback.xml");
    System.exit(walk(arguments));
  }

  static int walk(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.of(arguments, Set.of("work", "launcher"));
      Path work = options.path("work");
      URI endpoint = URI.create(Files.readString(work.resolve("endpoint")).strip());
      Narrator narrator = new Narrator(System.out);
      try (GuardClient guard = new GuardClient(endpoint)) {
        Tokens tokens = Tokens.read(work.resolve("tokens"));
        new CallStory(guard, tokens, narrator).tell();
        new TamperStory(guard, tokens, narrator, work.resolve("tickets/tampered")).tell();
        GuardCommand command =
            new GuardCommand(options.path("launcher"), work.resolve("mcp-guard.yaml"));
        new AuditStory(command, narrator).tell();
      }
      System.out.println("\nThe tour ended well: the guard did all of this.");
      return 0;
    } catch (UnexpectedException surprise) {
      System.err.println("\nThe tour failed: " + surprise.getMessage());
      return 1;
    } catch (NoSuchFileException | ConnectException absent) {
      System.err.println("\nThe quickstart does not run; start it with samples/quickstart/run");
      return 2;
    } catch (IOException | UserErrorException broken) {
      System.err.println("\nThe tour cannot go on: " + broken);
      return 2;
    }
  }

  /** One token for each sample agent. */
  record Tokens(String reader, String clerk, String administrator) {
    static Tokens read(Path folder) throws IOException {
      return new Tokens(
          Files.readString(folder.resolve("reader")).strip(),
          Files.readString(folder.resolve("clerk")).strip(),
          Files.readString(folder.resolve("admin-bot")).strip());
    }
  }
}
