package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.InspectTarget;
import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.app.registry.ManifestDraft;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.DefinitionStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry inspect}: from a live server to the draft of a manifest. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a server for its tools and drafts its manifest: classes with reasons, digests, findings.",
      "registry inspect URL, or registry inspect [options] -- PROGRAM ARGUMENT..."
    })
final class RegistryInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "URL | -- ARGV", arity = "1..*", description = "the server")
  private List<String> words = new ArrayList<>();

  @Option(names = {"-n", "--server"}, paramLabel = "NAME", description = "the guard's name for it")
  private @Nullable String server;

  @Option(names = "--owner", paramLabel = "NAME", description = "who answers for it")
  private String owner = System.getProperty("user.name", "nobody");

  @Option(names = "--contact", paramLabel = "TEXT", description = "how to reach the owner")
  private @Nullable String contact;

  @Option(names = "--purpose", paramLabel = "TEXT", description = "what it is for")
  private String purpose = "to be written: what this server is for";

  @Option(
      names = "--secret",
      paramLabel = "REF",
      description = "bearer token: env:NAME or file:/path, never the token itself")
  private @Nullable String secret;

  @Option(names = "--rotate-by", paramLabel = "DATE", description = "when the token is changed")
  private @Nullable String rotateBy;

  @Option(names = "--ca", paramLabel = "FILE", description = "the only authorities to trust (PEM)")
  private @Nullable Path ca;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "environment of the program; a VALUE of env:NAME or file:/path is a reference")
  private Map<String, String> environment = new HashMap<>();

  @Option(names = {"-o", "--out"}, paramLabel = "FILE", description = "file, or folder of manifests")
  private @Nullable Path out;

  @Option(names = "--force", description = "overwrite the file")
  private boolean force;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "ISO 8601 (default: PT60S)")
  private Duration timeout = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    InspectTarget target =
        new InspectTarget(words, secret, rotateBy, ca, variables());
    String name = server == null ? target.suggestedName() : server;
    ManifestDraft.Head head =
        new ManifestDraft.Head(
            name, target.lines(), owner, contact == null ? owner : contact, purpose);
    Path file = file(name);
    List<JsonObject> tools = LiveListing.of(InspectTarget.manifest(head), timeout).listing();
    String draft = ManifestDraft.of(head, tools);
    if (file == null) {
      spec.commandLine().getOut().print(draft);
      spec.commandLine().getOut().flush();
    } else {
      write(file, draft, tools);
    }
    return ExitCode.OK;
  }

  /** A program found on the path needs the path; package runners need a home. */
  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String name : List.of("PATH", "HOME")) {
      String value = System.getenv(name);
      if (value != null) {
        variables.put(name, value);
      }
    }
    variables.putAll(environment);
    return variables;
  }

  private @Nullable Path file(String name) {
    if (out == null) {
      return null;
    }
    Path file = Files.isDirectory(out) ? out.resolve(name + ".yaml") : out;
    if (Files.exists(file) && !force) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "`" + file + "` is there already; use `registry diff` and `registry approve`, or --force");
    }
    return file;
  }

  private void write(Path file, String draft, List<JsonObject> tools) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("`" + file + "` has no folder");
    }
    Files.createDirectories(folder);
    DefinitionStore store = DefinitionStore.beside(folder);
    for (JsonObject tool : tools) {
      store.keep(tool);
    }
    Files.writeString(file, draft);
    PrintWriter err = spec.commandLine().getErr();
    err.println(tools.size() + " tools drafted in " + file + "; read it before you serve it");
    err.flush();
  }
}
