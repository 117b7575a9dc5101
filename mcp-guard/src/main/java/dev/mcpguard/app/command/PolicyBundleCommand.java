package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.PolicyBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy bundle}: the same policy for an OPA server. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the policy folder as an OPA bundle, tests left out, unsigned.",
      "Its revision is the digest of the folder: a guard that asks an OPA server accepts only",
      "answers made by the revision of its own folder."
    })
final class PolicyBundleCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "bundle.tar.gz",
      description = "archive to write (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("bundle.tar.gz");

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, ConfigException, RefusedPolicyException {
    PolicyFiles files = policy.read();
    byte[] archive = PolicyBundle.archive(files);
    Files.write(output, archive);
    String revision = files.revision().text();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JsonText.text(
                JsonObject.builder()
                    .put("file", output.toString())
                    .put("revision", revision)
                    .put("bytes", archive.length)
                    .build())
            : output + ": " + archive.length + " bytes, revision " + revision);
    out.flush();
    return ExitCode.OK;
  }
}
