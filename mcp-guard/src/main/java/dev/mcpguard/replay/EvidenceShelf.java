package dev.mcpguard.replay;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.json.YamlDocument;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The evidence beside a log, by digest, read once each. Null for what is missing, damaged or not
 * readable by this version. Thread-safe: two threads at worst read the same document twice.
 */
final class EvidenceShelf {
  /** Generous: an offline replay on a slow machine must not differ by its clock. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final JsonLimits LIMITS =
      JsonLimits.message().withDepth(512).withBytes(256 << 20);

  private final CallLogReader reader;
  private final Map<String, Object> read = new ConcurrentHashMap<>();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  EvidenceShelf(CallLogReader reader) {
    this.reader = reader;
  }

  /** Makes something of a document; any exception of reading says that it cannot. */
  @FunctionalInterface
  private interface Making<T> {
    T of(byte[] document) throws ConfigException, MalformedJsonException;
  }

  @Nullable CompiledPolicies policy(String instance, @Nullable String revision)
      throws IOException {
    return get(
        CompiledPolicies.class, instance, "policy", revision,
        bytes -> CompiledPolicies.recorded(PolicyFiles.ofDocument(bytes), PATIENCE));
  }

  @Nullable AgentRegister agents(String instance, @Nullable String revision) throws IOException {
    return get(
        AgentRegister.class, instance, "agents", revision,
        bytes -> AgentRegisterReader.read(new YamlDocument("agents", json(bytes), Map.of())));
  }

  @Nullable RegistrySnapshot registry(String instance, @Nullable String revision)
      throws IOException {
    return get(
        RegistrySnapshot.class, instance, "registry", revision,
        bytes -> RegistryLoader.ofEvidence(json(bytes)));
  }

  @Nullable JsonObject definition(String instance, @Nullable String digest) throws IOException {
    return get(JsonObject.class, instance, "definition", digest, EvidenceShelf::json);
  }

  private static JsonObject json(byte[] bytes) throws MalformedJsonException {
    return StrictJson.parseObject(bytes, LIMITS);
  }

  private <T extends Object> @Nullable T get(
      Class<T> type, String instance, String kind, @Nullable String name, Making<T> making)
      throws IOException {
    Digest digest = name == null ? null : Digest.ofText(name);
    if (digest == null) {
      return null;
    }
    // by digest alone: instances share what is the same
    String key = kind + "/" + name;
    Object known = read.get(key);
    if (known == null && !missing.contains(instance + "/" + key)) {
      known = make(instance, kind, digest, making);
      if (known == null) {
        // what a record names was kept before the record: it will not come later
        missing.add(instance + "/" + key);
      } else {
        read.put(key, known);
      }
    }
    return known == null ? null : type.cast(known);
  }

  /** What follows from evidence alone, worked out once for each {@code key}. */
  <T extends Object> T derived(Class<T> type, String key, Supplier<T> making) {
    return type.cast(read.computeIfAbsent("derived/" + key, absent -> making.get()));
  }

  private <T extends Object> @Nullable T make(
      String instance, String kind, Digest digest, Making<T> making) throws IOException {
    byte[] document = reader.evidence(instance, kind, digest);
    try {
      return document == null ? null : making.of(document);
    } catch (ConfigException | MalformedJsonException unreadable) {
      return null;
    }
  }
}
