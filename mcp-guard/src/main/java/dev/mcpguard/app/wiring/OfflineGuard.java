package dev.mcpguard.app.wiring;

import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.gate.Rehearsal;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.intent.DeclaredIntentReader;
import dev.mcpguard.release.ReleaseFilter;
import dev.mcpguard.release.ReleaseLimits;
import dev.mcpguard.replay.ReplaySteps;
import dev.mcpguard.replay.Replayer;

/** The guard's deciding parts without its network, log and servers: what replay runs. */
public final class OfflineGuard {
  private OfflineGuard() {}

  /** Replays by the same steps {@link Guard} decides with. */
  public static Replayer replayer(CallLogReader reader, ReplaySteps.Candidate candidate) {
    RuleClassifier classifier = new RuleClassifier(new KeptSchemas("inputSchema")::accept);
    Rehearsal rehearsal = new Rehearsal(new DeclaredIntentReader(), classifier);
    Rehearsal metaOnly = new Rehearsal(new DeclaredIntentReader(server -> false), classifier);
    ReleaseFilter release = new ReleaseFilter(ReleaseLimits.standard());
    return new Replayer(
        reader,
        new ReplaySteps(new DefinitionJudge()::apply, rehearsal, metaOnly, release::canDischarge),
        candidate);
  }
}
