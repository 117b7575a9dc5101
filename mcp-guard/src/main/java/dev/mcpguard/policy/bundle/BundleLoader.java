package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.DecisionRule;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyData;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.TestReport;
import dev.mcpguard.policy.workbench.TestReport.Tested;
import dev.mcpguard.policy.workbench.TestReport.Verdict;
import dev.mcpguard.policy.workbench.TestRun;
import dev.mcpguard.policy.workbench.Workbench;
import dev.mcpguard.rego.bundle.Bundle;
import dev.mcpguard.rego.bundle.BundleLimits;
import dev.mcpguard.rego.bundle.BundleReader;
import dev.mcpguard.rego.bundle.DataConflicts;
import dev.mcpguard.rego.bundle.RefusedBundleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From the bytes of a bundle to a policy that may decide, or the reason why not: unpacked and verified,
 * compiled, defining the decision, not permitting a call of nobody, its tests passed where that is
 * asked. Keys are read anew for every bundle. Thread-safe.
 */
public final class BundleLoader {
  private final BundleSettings settings;
  private final Duration deadline;
  private final InstantSource clock;

  /**
   * @param deadline the most a decision may take
   * @param clock against which signatures age
   */
  public BundleLoader(BundleSettings settings, Duration deadline, InstantSource clock) {
    this.settings = settings;
    this.deadline = deadline;
    this.clock = clock;
  }

  /** The bytes of a file, never more than the limit. */
  public static byte[] bytes(Path file, BundleSettings.Sizes limits) throws ConfigException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] archive = stream.readNBytes(limits.archive() + 1);
      if (archive.length > limits.archive()) {
        throw refused(file.toString(), "is larger than " + limits.archive() + " bytes");
      }
      return archive;
    } catch (IOException unreadable) {
      throw refused(file.toString(), "cannot be read: " + unreadable.getMessage());
    }
  }

  /** The files in a bundle, unpacked and verified, not compiled. */
  public PolicyFiles files(byte[] archive) throws ConfigException {
    return files(read(archive));
  }

  /** A policy that may decide. */
  public LoadedBundle load(byte[] archive) throws ConfigException {
    Bundle bundle = read(archive);
    CompiledPolicies policies = CompiledPolicies.compile(files(bundle), deadline);
    defined(policies);
    selfTest(policies);
    if (settings.tests()) {
      tested(policies.files());
    }
    return new LoadedBundle(
        policies,
        bundle.manifest().revision(),
        Digest.of(archive),
        bundle.signed() == null ? "" : bundle.signed().keyId(),
        archive);
  }

  private Bundle read(byte[] archive) throws ConfigException {
    BundleSettings.Sizes sizes = settings.limits();
    BundleLimits limits =
        BundleLimits.standard().withSizes(sizes.archive(), sizes.unpacked());
    try {
      return new BundleReader(limits, VerificationKeys.rule(settings.verification()))
          .read(archive, clock.instant());
    } catch (RefusedBundleException refused) {
      throw refused(refused.text());
    }
  }

  private PolicyFiles files(Bundle bundle) throws ConfigException {
    SortedMap<String, String> texts = new TreeMap<>(bundle.modules());
    texts.putAll(bundle.documents());
    PolicyFiles files = PolicyFiles.ofBundle(texts, bundle.manifest().text());
    if (files.modules().isEmpty()) {
      throw refused("the bundle holds no policy");
    }
    // Evidence is read by the guard's own readers, so they must see what OPA sees (YAML 1.1 or 1.2).
    if (!Documents.toValue(PolicyData.of(files.data())).equals(bundle.data())) {
      throw refused(
          "OPA and the guard read its YAML data differently; put words like `yes` in quotes,"
              + " or build the bundle with data.json");
    }
    return files;
  }

  private void defined(CompiledPolicies policies) throws ConfigException {
    if (!DecisionRule.definedIn(policies.policy())) {
      throw refused("it does not define `" + DecisionRule.PATH + "`");
    }
    List<String> conflicts = DataConflicts.of(policies.policy());
    if (!conflicts.isEmpty()) {
      throw refused("its data lie where a rule is, at `" + conflicts.getFirst() + "`");
    }
  }

  /** The question of nobody about nothing: a policy that permits it, or breaks on it, is not put in force. */
  private void selfTest(CompiledPolicies policies) throws ConfigException {
    switch (policies.decide(new AuthorizationRequest(JsonObject.of()))) {
      case Decision.Permit permit -> throw refused("it permits a call of nobody");
      case Decision.Indeterminate(ReasonCode reason, String detail, String _)
          when reason != ReasonCode.POLICY_UNDEFINED ->
          throw refused("it fails on an empty input: " + detail);
      case Decision.Deny deny -> {}
      case Decision.Indeterminate undefined -> {}
    }
  }

  private void tested(PolicyFiles files) throws ConfigException {
    if (files.tests().isEmpty()) {
      throw refused("it brings no tests, and `require-tests` is configured");
    }
    try {
      Workbench workbench = Workbench.open(files, PolicyCompiler.guard().withTests());
      TestReport report = new TestRun(Moment.of(clock.instant()), null, false).of(workbench);
      for (Tested test : report.tests()) {
        if (test.verdict() != Verdict.PASS) {
          throw refused("its test `" + test.name() + "` ends " + test.verdict());
        }
      }
      if (report.tests().isEmpty()) {
        throw refused("its test files hold no tests");
      }
    } catch (RefusedPolicyException refused) {
      throw refused("its tests do not compile: " + refused.getMessage());
    }
  }

  private ConfigException refused(String problem) {
    return refused(settings.origin().text(), problem);
  }

  static ConfigException refused(String place, String problem) {
    return new ConfigException(List.of(new Finding(place, 0, "", problem, "")));
  }
}
