package dev.mcpguard.replay;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.PayloadWalk;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.PolicyFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides recorded requests again, every step that follows from the record and the evidence beside
 * it: which agent the claims name, which tool was asked for and whether it was the approved one, the
 * declared intent, the class, policy, obligations. Confined to one thread; reads files and nothing
 * else. Fastest when the records of an instance come in order.
 */
public final class Replayer implements AutoCloseable {
  private final CallLogReader reader;
  private final EvidenceShelf shelf;
  private final ReplaySteps steps;
  private final ReplaySteps.Candidate candidate;
  private final Map<String, PayloadWalk> payloads = new HashMap<>();

  public Replayer(CallLogReader reader, ReplaySteps steps, ReplaySteps.Candidate candidate) {
    this(reader, new EvidenceShelf(reader), steps, candidate);
  }

  private Replayer(
      CallLogReader reader,
      EvidenceShelf shelf,
      ReplaySteps steps,
      ReplaySteps.Candidate candidate) {
    this.reader = reader;
    this.shelf = shelf;
    this.steps = steps;
    this.candidate = candidate;
  }

  /** Compiles a candidate policy. */
  public static CompiledPolicies candidate(PolicyFiles files) throws ConfigException {
    return CompiledPolicies.compile(files, EvidenceShelf.PATIENCE);
  }

  /** One for another thread, sharing the evidence read so far. */
  public Replayer another() {
    return new Replayer(reader, shelf, steps, candidate);
  }

  /** Replays one record. */
  public Replayed replay(LogEntry entry) throws IOException {
    RecordedCall call = RecordedCall.of(entry);
    String kind = call.record().string("kind");
    if (!"admission".equals(kind) && !"refusal".equals(kind)) {
      return new Replayed.NotAsked(entry);
    }
    PayloadWalk walk = payloads.computeIfAbsent(entry.instance(), reader::payloads);
    return new SecondHearing(call, shelf, steps, candidate, walk).hear();
  }

  @Override
  public void close() throws IOException {
    for (PayloadWalk walk : payloads.values()) {
      walk.close();
    }
  }
}
