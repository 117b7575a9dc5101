package dev.mcpguard.policy.opa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.Policies;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleAtHand;
import dev.mcpguard.policy.bundle.BundleSettings;
import dev.mcpguard.policy.workbench.PolicyBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OPA server decides by a bundle that the guard holds too; anything else denies. */
class RealOpaStoriesTest {
  private static final String UNDEFINED = "package mcpguard.other\n\nx := 1\n";
  private static final String SPINS =
      """
      package mcpguard.authz

      decision := {"decision": count(n) > 0, "context": {"reasons": []}} if {
        n := {[a, b, c] | some a in numbers.range(1, 400); some b in numbers.range(1, 400); some c in numbers.range(1, 400)}
      }
      """;

  private static byte[] bundle(String revision, PolicyFiles files) throws Exception {
    return new PolicyBundle(revision, false, null).archive(files);
  }

  /** The bundle as the guard holds it. */
  private static CompiledPolicies held(byte[] archive, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("held.tar.gz"), archive);
    return new BundleAtHand(
            BundleSettings.atHand(file, null), Policies.PATIENCE, InstantSource.system())
        .load()
        .policies();
  }

  private static HeldPolicy of(CompiledPolicies policies) {
    return new HeldPolicy(policies.revision(), policies.commonRevision());
  }

  private static void assertReason(ReasonCode reason, Decision decision) {
    assertEquals(reason, assertInstanceOf(Decision.Indeterminate.class, decision).reason());
  }

  /** What OPA decided is decided again, offline, by the evidence of the bundle the guard held. */
  @Test
  void callDecidedRemotelyReplaysFromTheBundleHeldLocally(@TempDir Path folder) throws Exception {
    byte[] archive = bundle("release-7", Policies.shippedFiles());
    CompiledPolicies local = held(archive, folder);
    try (RealOpa opa = RealOpa.over(archive, folder);
        OpaPolicy remote = new OpaPolicy(opa.settings(), () -> of(local))) {
      AuthorizationRequest request = new AuthorizationRequest(Policies.permittedCall());
      Decision decision = remote.decide(request);
      assertInstanceOf(Decision.Permit.class, decision);
      assertTrue(remote.visible(request));
      assertEquals(local.revision(), decision.revision());
      PolicyFiles evidence = PolicyFiles.ofDocument(local.files().document());
      assertEquals(decision, CompiledPolicies.recorded(evidence, Policies.PATIENCE).decide(request));
    }
  }

  @Test
  void revisionThatOnlyOneOfThemHasDenies(@TempDir Path folder) throws Exception {
    CompiledPolicies local = held(bundle("release-7", Policies.shippedFiles()), folder);
    for (String other : new String[] {"release-8", ""}) {
      try (RealOpa opa = RealOpa.over(bundle(other, Policies.shippedFiles()), folder);
          OpaPolicy remote = new OpaPolicy(opa.settings(), () -> of(local))) {
        AuthorizationRequest request = new AuthorizationRequest(Policies.permittedCall());
        assertReason(ReasonCode.POLICY_UNAVAILABLE, remote.decide(request));
        assertFalse(remote.visible(request));
      }
    }
  }

  @Test
  void bundleWithoutARevisionMatchesNothing(@TempDir Path folder) throws Exception {
    byte[] archive = bundle("", Policies.shippedFiles());
    CompiledPolicies local = held(archive, folder);
    try (RealOpa opa = RealOpa.over(archive, folder);
        OpaPolicy remote = new OpaPolicy(opa.settings(), () -> of(local))) {
      assertReason(
          ReasonCode.POLICY_UNAVAILABLE,
          remote.decide(new AuthorizationRequest(Policies.permittedCall())));
    }
  }

  @Test
  void undefinedLateOrDeadServerDenies(@TempDir Path folder) throws Exception {
    HeldPolicy local = new HeldPolicy("r", "r");
    AuthorizationRequest request = new AuthorizationRequest(Policies.permittedCall());
    PolicyFiles undefined = new PolicyFiles(new TreeMap<>(Map.of("a.rego", UNDEFINED)));
    OpaSettings dead;
    try (RealOpa opa = RealOpa.over(bundle("r", undefined), folder);
        OpaPolicy remote = new OpaPolicy(opa.settings(), () -> local)) {
      assertReason(ReasonCode.POLICY_UNDEFINED, remote.decide(request));
      assertFalse(remote.visible(request));
      dead = opa.settings();
    }
    try (OpaPolicy remote = new OpaPolicy(dead, () -> local)) {
      assertReason(ReasonCode.POLICY_UNAVAILABLE, remote.decide(request));
    }
    PolicyFiles spins = new PolicyFiles(new TreeMap<>(Map.of("a.rego", SPINS)));
    try (RealOpa opa = RealOpa.over(bundle("r", spins), folder)) {
      OpaSettings hasty =
          new OpaSettings(opa.settings().url(), java.time.Duration.ofMillis(500), () -> "");
      try (OpaPolicy remote = new OpaPolicy(hasty, () -> local)) {
        assertReason(ReasonCode.POLICY_UNAVAILABLE, remote.decide(request));
      }
    }
  }
}
