package dev.mcpguard.replay;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides a recorded call again: the question from its record, the arguments from the payload beside
 * it, the policy from the evidence of the revision that decided, or a candidate. Confined to one
 * thread; reads files and nothing else.
 */
public final class Replayer {
  /** Generous: an offline replay on a slow machine must not differ by its clock. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(64 << 20);

  private final CallLogReader reader;
  private final @Nullable CompiledPolicies candidate;
  private final Map<String, @Nullable CompiledPolicies> revisions = new HashMap<>();

  /**
   * @param candidate decides every call instead of the recorded revision; null for a true replay
   */
  public Replayer(CallLogReader reader, @Nullable CompiledPolicies candidate) {
    this.reader = reader;
    this.candidate = candidate;
  }

  /** Compiles a candidate policy from a folder. */
  public static CompiledPolicies candidate(Path folder) throws ConfigException {
    return CompiledPolicies.compile(PolicyFiles.read(folder), PATIENCE);
  }

  /** Replays one record. */
  public Replayed replay(LogEntry entry) throws IOException {
    JsonObject record = entry.json();
    JsonObject input = record.object("input");
    JsonObject decision = record.object("decision");
    String revision = decision == null ? null : decision.string("revision");
    if (input == null || decision == null || revision == null) {
      return new Replayed.NotAsked(entry);
    }
    CompiledPolicies policy = candidate != null ? candidate : revision(entry.instance(), revision);
    if (policy == null) {
      return new Replayed.NotReplayable(entry, "evidence-missing");
    }
    return switch (reader.payload(entry, "arguments")) {
      case PayloadReading.Erased erased -> new Replayed.NotReplayable(entry, "erased");
      case PayloadReading.Absent absent -> new Replayed.NotReplayable(entry, "payload-missing");
      case PayloadReading.Unreadable unreadable ->
          new Replayed.NotReplayable(entry, "payload-unreadable");
      case PayloadReading.Present(byte[] arguments) ->
          decide(entry, decision, question(input, arguments), policy);
    };
  }

  private static Replayed decide(
      LogEntry entry,
      JsonObject decision,
      @Nullable AuthorizationRequest question,
      CompiledPolicies policy) {
    if (question == null) {
      return new Replayed.NotReplayable(entry, "payload-unreadable");
    }
    JsonObject recorded = DecisionText.recorded(decision);
    JsonObject now = DecisionText.of(policy.decide(question));
    boolean same = CanonicalJson.text(recorded).equals(CanonicalJson.text(now));
    return same ? new Replayed.Same(entry) : new Replayed.Different(entry, recorded, now);
  }

  private static @Nullable AuthorizationRequest question(JsonObject input, byte[] arguments) {
    try {
      JsonValue parsed = StrictJson.parse(arguments, LIMITS);
      JsonObject context = input.object("context");
      JsonObject whole = (context == null ? JsonObject.of() : context).with("arguments", parsed);
      return new AuthorizationRequest(input.with("context", whole));
    } catch (MalformedJsonException damaged) {
      return null;
    }
  }

  private @Nullable CompiledPolicies revision(String instance, String revision)
      throws IOException {
    if (!revisions.containsKey(revision)) {
      revisions.put(revision, load(instance, revision));
    }
    return revisions.get(revision);
  }

  private @Nullable CompiledPolicies load(String instance, String revision) throws IOException {
    Digest digest = Digest.ofText(revision);
    if (digest == null) {
      return null;
    }
    Path file =
        reader
            .instance(instance)
            .evidence()
            .resolve("policy")
            .resolve(revision.substring("sha256:".length()));
    if (!Files.exists(file)) {
      return null;
    }
    byte[] document = Files.readAllBytes(file);
    try {
      // INVARIANT: evidence is only as good as its digest.
      return digest.equals(Digest.of(document))
          ? CompiledPolicies.recorded(PolicyFiles.ofDocument(document), PATIENCE)
          : null;
    } catch (MalformedJsonException | ConfigException damaged) {
      return null;
    }
  }
}
