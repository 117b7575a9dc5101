package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.Approval;
import dev.mcpguard.app.registry.ApprovalPlan;
import dev.mcpguard.app.registry.ApprovalRequest;
import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.app.registry.ManifestFile;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.LiveCatalogue;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What pinning and approving share: one listing is shown, recorded and written. */
final class ApprovalRun {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Parameters(index = "0", paramLabel = "SERVER", description = "the server")
  private String server = "";

  @Parameters(index = "1..*", paramLabel = "TOOL", description = "tools (default: all that differ)")
  private List<String> tools = new ArrayList<>();

  @Option(names = "--dry-run", description = "show what would change and write nothing")
  private boolean dry;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "ISO 8601 (default: PT60S)")
  private Duration timeout = Duration.ofSeconds(60);

  List<String> tools() {
    return tools;
  }

  int run(ApprovalRequest request, CommandSpec spec) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ManifestFile file = ManifestFile.read(registry.folder(), server);
    LiveCatalogue live = LiveListing.of(file.manifest(), timeout);
    boolean coloured = CommandLine.Help.Ansi.AUTO.enabled();
    ApprovalPlan plan = Approval.plan(file, live, request, coloured);
    plan.changes().forEach(change -> print(out, change));
    plan.refusals().forEach(refusal -> out.println("refused: " + refusal));
    if (!plan.refusals().isEmpty()) {
      out.println("nothing was written");
    } else if (plan.changes().isEmpty()) {
      out.println("nothing to approve");
    } else if (dry) {
      out.println("a dry run: nothing was written");
    } else {
      registry.recorder().approve(file, plan, request);
      out.println(plan.changes().size() + " approved by " + request.by() + " and recorded");
    }
    out.flush();
    return plan.refusals().isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }

  private void print(PrintWriter out, ApprovalPlan.Change change) {
    String word =
        change.before() == null ? "new" : change.difference().isEmpty() ? "unchanged" : "changed";
    out.println(server + "/" + change.tool() + ": " + word);
    change.difference().forEach(line -> out.println("  " + line));
    change.remarks().forEach(line -> out.println("  ! " + line));
    String before = change.before() == null ? "none" : change.before().text();
    out.println("  digest " + before + " -> " + DefinitionDigest.of(change.definition()));
  }
}
