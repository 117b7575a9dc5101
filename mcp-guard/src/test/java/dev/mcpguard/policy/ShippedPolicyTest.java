package dev.mcpguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Decision;
import dev.mcpguard.policy.Mutations.Mutated;
import dev.mcpguard.policy.workbench.SourceForm;
import dev.mcpguard.policy.workbench.TestReport;
import dev.mcpguard.policy.workbench.TestRun;
import dev.mcpguard.policy.workbench.Workbench;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shipped policy in the embedded engine. */
class ShippedPolicyTest {
  /** What the shipped policy decides without: a site's own rule may ask for it. */
  private static final Set<String> UNREAD =
      Set.of(
          "without /subject/id",
          "without /subject/properties/issuer",
          "without /subject/properties/client_id",
          "without /subject/properties/owner",
          "without /subject/properties/authenticated_by",
          "without /action/properties/effects",
          "without /action/properties/egress",
          "without /resource/properties/server",
          "without /resource/properties/tool",
          "without /resource/properties/owner",
          "without /resource/properties/destination",
          "without /resource/properties/definition_digest",
          "without /context/time",
          "without /context/intent/resources",
          "without /context/arguments",
          "without /context/arguments/path",
          "without /context/protocol",
          "without /context/front",
          "without /context/trace");

  @Test
  void testsOfThePolicyPassAndReachEveryLine() throws Exception {
    Workbench workbench =
        Workbench.open(Policies.shippedFiles(), PolicyCompiler.guard().strict(true).withTests());
    TestReport report = new TestRun(Moment.of(Instant.EPOCH), null, true).of(workbench);
    assertTrue(report.passed(), () -> report.tests().toString());
    TestReport.Covered coverage = java.util.Objects.requireNonNull(report.coverage());
    assertEquals(100.0, coverage.percent(), () -> coverage.files().toString());
  }

  @Test
  void sourcesAreInForm() throws Exception {
    assertEquals(List.of(), SourceForm.check(Policies.shippedFiles()));
  }

  @Test
  void cellsOfIntentClassAndScopeAreDecidedAsGeneratedB2B3() throws Exception {
    CompiledPolicies policy = Policies.shipped();
    List<IntentCell> cells = IntentCell.all();
    List<String> wrong = new ArrayList<>();
    for (IntentCell cell : cells) {
      Decision decision = policy.decide(Policies.request(cell.input()));
      if (cell.permitted() != (decision instanceof Decision.Permit)) {
        wrong.add(cell + ": " + decision);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(1296, cells.size());
  }

  @Test
  void everyFieldThePolicyReadsIsNeededB7() throws Exception {
    CompiledPolicies policy = Policies.shipped();
    for (Mutated mutated : Mutations.dropped(Policies.permittedCall())) {
      Decision decision = policy.decide(Policies.request(mutated.document()));
      assertEquals(
          UNREAD.contains(mutated.change()),
          decision instanceof Decision.Permit,
          () -> mutated.change() + ": " + decision);
    }
  }

  /** I3: what is denied stays denied whatever single field is dropped or garbled. */
  @Test
  void droppingOrGarblingOneFieldNeverTurnsDenyIntoPermitI3() throws Exception {
    CompiledPolicies policy = Policies.shipped();
    List<String> opened = new ArrayList<>();
    int tried = 0;
    for (JsonValue denied : DeniedCalls.all()) {
      assertInstanceOf(Decision.Deny.class, policy.decide(Policies.request(denied)));
      List<Mutated> mutations = new ArrayList<>(Mutations.dropped(denied));
      mutations.addAll(Mutations.garbled(denied));
      for (Mutated mutated : mutations) {
        tried++;
        if (mutated.document() instanceof JsonObject object
            && policy.decide(Policies.request(object)) instanceof Decision.Permit
            && !DeniedCalls.weaker(mutated.change())) {
          opened.add(mutated.change() + " permits " + denied);
        }
      }
    }
    assertEquals(List.of(), opened);
    assertTrue(tried > 5_000, "only " + tried + " documents were tried");
  }

  /** I4: whatever a caller declares can only make what is permitted smaller. */
  @Test
  void declaringMoreOfAnIntentOnlyShrinksWhatIsPermittedI4() throws Exception {
    CompiledPolicies policy = Policies.shipped();
    for (IntentCell cell : IntentCell.all()) {
      JsonObject open = cell.input();
      boolean before = policy.decide(Policies.request(open)) instanceof Decision.Permit;
      for (JsonObject narrower : IntentCell.narrowed(open)) {
        boolean after = policy.decide(Policies.request(narrower)) instanceof Decision.Permit;
        assertFalse(after && !before, () -> "declaring more permits " + narrower);
      }
    }
  }
}
