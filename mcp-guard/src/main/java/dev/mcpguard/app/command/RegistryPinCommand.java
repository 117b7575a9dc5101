package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.ApprovalRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry pin}: approves what has no pinned definition yet. */
@Command(
    name = "pin",
    mixinStandardHelpOptions = true,
    description = "Pins the live definitions of declared tools that have none yet, and records it.")
final class RegistryPinCommand implements Callable<Integer> {
  @Mixin private ApprovalRun run = new ApprovalRun();

  @Option(names = "--by", paramLabel = "NAME", description = "who pins (default: the account)")
  private String by = System.getProperty("user.name", "nobody");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return run.run(new ApprovalRequest(run.tools(), by, true, null), spec);
  }
}
