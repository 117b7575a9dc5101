package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.ApprovalRequest;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry approve}: accepts what servers offer now. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how live tools differ from the approved ones, pins them and records who approved.",
      "A tool named that is not declared yet is declared. An override needs another person than the",
      "owner, holds for this definition only, and stands in place of the guard's own finding."
    })
final class RegistryApproveCommand implements Callable<Integer> {
  @Mixin private ApprovalRun run = new ApprovalRun();

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "who approves")
  private String by = "";

  @Option(names = "--override", paramLabel = "CLASS", description = "hold it for this class")
  private @Nullable RiskClass override;

  @Option(
      names = "--accept",
      split = ",",
      paramLabel = "CODE",
      description = "a finding that was seen and is right, such as model-instruction")
  private List<String> accepted = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "WORDS", description = "why the guard is overridden")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (by.isBlank()) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--by needs a name");
    }
    Set<PoisonCode> findings = findings();
    ApprovalRequest.Objection objection =
        override == null && findings.isEmpty()
            ? null
            : new ApprovalRequest.Objection(override, findings, reason);
    return run.run(new ApprovalRequest(run.tools(), by, false, objection), spec);
  }

  private Set<PoisonCode> findings() {
    EnumSet<PoisonCode> findings = EnumSet.noneOf(PoisonCode.class);
    for (String text : accepted) {
      PoisonCode found = PoisonCode.ofText(text);
      if (found == null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "`" + text + "` is no code of a finding");
      }
      findings.add(found);
    }
    return findings;
  }
}
