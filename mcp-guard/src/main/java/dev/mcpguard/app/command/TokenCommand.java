package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.registry.GuardRegistry;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.issuer.TokenRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard token}: a token of the development issuer. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints an access token of the development issuer, for trying things on one machine.")
final class TokenCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--agent", required = true, paramLabel = "ID", description = "the token's subject")
  private String agent = "";

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "a server the token is for; may be repeated (default: every registered server)")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--scope",
      paramLabel = "SCOPES",
      defaultValue = "mcp:read",
      description = "scopes, separated by blanks (default: ${DEFAULT-VALUE})")
  private String scope = "mcp:read";

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "ISO 8601 duration (default: ${DEFAULT-VALUE})")
  private Duration lifetime = Duration.ofHours(1);

  @Option(names = "--out", paramLabel = "FILE", description = "write it to a file of mode 0600")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    Path folder = configuration.developmentIssuer();
    if (folder == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "the configuration has no `development-issuer`");
    }
    TokenRequest request = new TokenRequest(agent, audiences(configuration), scope, lifetime);
    String token = DevelopmentIssuer.open(folder, InstantSource.system()).token(request);
    if (out == null) {
      spec.commandLine().getOut().println(token);
    } else {
      write(out, token);
    }
    return ExitCode.OK;
  }

  private List<String> audiences(GuardConfiguration configuration) throws Exception {
    List<String> audiences = new ArrayList<>();
    List<String> named = servers;
    if (named.isEmpty()) {
      audiences.add(configuration.front().route(null).resource());
      named =
          GuardRegistry.load(configuration).manifests().stream()
              .map(manifest -> manifest.server().text())
              .toList();
    }
    for (String server : named) {
      audiences.add(configuration.front().route(server).resource());
    }
    return audiences;
  }

  private static void write(Path file, String token) throws java.io.IOException {
    Files.deleteIfExists(file);
    if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, token + "\n");
  }
}
