package dev.mcpguard.policy.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.Policies;
import dev.mcpguard.policy.bundle.BundleFetch.Fetched;
import dev.mcpguard.policy.bundle.BundleSettings.Revisions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes, the last good bundle stays, over restarts too, and revisions do not go back. */
class PolicyFeedTest {
  @TempDir Path folder = Path.of("");
  private @Nullable Bundles made;
  private final FakeFetch fetch = new FakeFetch();
  private final RecordingReceiver receiver = new RecordingReceiver();
  private final PollingPace pace = new PollingPace(Bundles.polling(), new Random(1));

  /** Answers in turn and notes the etags it was asked with. */
  private static final class FakeFetch implements BundleFetch {
    private final Deque<Fetched> answers = new ArrayDeque<>();
    private final List<String> etags = new ArrayList<>();

    @Override
    public Fetched fetch(@Nullable String etag) {
      etags.add(String.valueOf(etag));
      return answers.isEmpty() ? new Fetched.Failed("away") : answers.remove();
    }
  }

  /** Takes what is offered unless told otherwise. */
  private static final class RecordingReceiver implements PolicyFeed.Receiver {
    private final List<String> offered = new ArrayList<>();
    private String problem = "";
    private boolean taking = true;

    @Override
    public boolean offer(CompiledPolicies policies) {
      offered.add(String.valueOf(policies.commonRevision()));
      return taking;
    }

    @Override
    public void complain(String words) {
      problem = words;
    }
  }

  @BeforeEach
  void keys() throws Exception {
    made = new Bundles(folder);
  }

  private Bundles bundles() {
    return java.util.Objects.requireNonNull(made);
  }

  private PolicyFeed feed(Revisions revisions, @Nullable String oldest) {
    BundleOrigin origin =
        new BundleOrigin.Url(
            URI.create("https://bundles.example.com/b"), null, BundleOrigin.Tls.STANDARD,
            Bundles.polling());
    BundleSettings settings = bundles().settings(origin, revisions, oldest);
    return new PolicyFeed(
        settings, new BundleLoader(settings, Policies.PATIENCE, () -> Bundles.NOW),
        () -> Bundles.NOW, new Random(1), fetch);
  }

  private PolicyFeed begun(Revisions revisions, String revision) throws Exception {
    PolicyFeed feed = feed(revisions, null);
    fetch.answers.add(news(bundles().signed(revision)));
    feed.activated(feed.first());
    return feed;
  }

  private static Fetched news(byte[] archive) {
    return new Fetched.News(archive, "\"tag\"", false);
  }

  private void assertRefused(PolicyFeed feed, byte[] archive, String words) throws Exception {
    fetch.answers.add(news(archive));
    int before = receiver.offered.size();
    feed.turn(pace, receiver);
    assertEquals(before, receiver.offered.size());
    assertTrue(receiver.problem.contains(words), receiver.problem);
    assertFalse(feed.status().well());
    assertTrue(feed.status().message().contains(words));
  }

  @Test
  void newBundleIsOfferedKeptAndAskedForByItsTag() throws Exception {
    PolicyFeed feed = begun(Revisions.ANY, "1");
    assertEquals("1", feed.status().activeRevision());
    fetch.answers.add(new Fetched.Unchanged(false));
    feed.turn(pace, receiver);
    fetch.answers.add(news(bundles().signed("2")));
    feed.turn(pace, receiver);
    assertEquals(List.of("2"), receiver.offered);
    assertEquals(List.of("null", "\"tag\"", "\"tag\""), fetch.etags);
    assertEquals("2", feed.status().activeRevision());
    assertEquals("", receiver.problem);
    try (Stream<Path> kept = Files.list(folder.resolve("store"))) {
      assertEquals(1, kept.filter(file -> file.toString().endsWith(".tar.gz")).count());
    }
  }

  @Test
  void lastGoodBundleStaysWhateverComes() throws Exception {
    PolicyFeed feed = begun(Revisions.ANY, "1");
    assertRefused(feed, bundles().signed("2", Bundles.files(Map.of()), "other"), "does not verify");
    assertRefused(feed, Bundles.unsigned("2", Bundles.files(Map.of())), "not signed");
    assertRefused(feed, new byte[0], "no gzip");
    assertRefused(
        feed,
        bundles().signed("2", Bundles.files(Map.of("authz.rego", "package x\n\ny := 1\n")), "release"),
        "does not define");
    feed.turn(pace, receiver);
    assertEquals("away", receiver.problem);
    assertEquals(5, feed.status().failures());
    assertEquals("1", feed.status().activeRevision());
    fetch.answers.add(new Fetched.Unchanged(false));
    feed.turn(pace, receiver);
    assertEquals("", receiver.problem);
    assertTrue(feed.status().well());
  }

  @Test
  void restartWithoutServerDecidesByWhatWasKept() throws Exception {
    String revision = feedRevision(begun(Revisions.INCREASING, "4"));
    PolicyFeed again = feed(Revisions.INCREASING, null);
    CompiledPolicies policies = again.first();
    again.activated(policies);
    assertEquals(revision, policies.commonRevision());
    assertEquals("\"tag\"", fetch.etags.getLast());
    assertEquals("away", again.status().message());
    assertEquals(1, again.status().failures());
    fetch.answers.add(new Fetched.Unchanged(false));
    assertEquals(revision, feed(Revisions.INCREASING, null).first().commonRevision());
  }

  private static String feedRevision(PolicyFeed feed) {
    return feed.status().activeRevision();
  }

  @Test
  void withoutAnyBundleThereIsNoStart() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> feed(Revisions.ANY, null).first());
    assertTrue(refused.getMessage().contains("away"), refused.getMessage());
  }

  @Test
  void keptBundleIsVerifiedAgain() throws Exception {
    begun(Revisions.ANY, "1");
    Path kept;
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      kept = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    byte[] other = bundles().signed("2", Bundles.files(Map.of()), "other");
    Files.write(kept, other);
    assertThrows(ConfigException.class, () -> feed(Revisions.ANY, null).first());
    Path state = folder.resolve("store/active.json");
    Path renamed = kept.resolveSibling(dev.mcpguard.json.Digest.of(other).text().substring(7) + ".tar.gz");
    Files.move(kept, renamed);
    Files.writeString(
        state,
        Files.readString(state)
            .replaceAll("\"digest\":\"sha256:[0-9a-f]+\"", "\"digest\":\"" + dev.mcpguard.json.Digest.of(other) + "\""));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> feed(Revisions.ANY, null).first());
    assertTrue(refused.getMessage().contains("does not verify"), refused.getMessage());
    Files.writeString(state, "{");
    ConfigException damaged =
        assertThrows(ConfigException.class, () -> feed(Revisions.ANY, null).first());
    assertTrue(damaged.getMessage().contains("damaged"), damaged.getMessage());
  }

  @Test
  void revisionsGoUpOnlyWhereThatIsAsked() throws Exception {
    PolicyFeed feed = begun(Revisions.INCREASING, "10");
    assertRefused(feed, bundles().signed("9"), "goes back behind `10`");
    assertRefused(feed, bundles().signed("1.0.0"), "cannot be compared");
    assertRefused(feed, bundles().signed("next"), "has no order");
    assertRefused(feed, bundles().signed(""), "has no order");
    assertRefused(
        feed, bundles().signed("10", Bundles.files(Map.of("x.rego", "package x\n\ny := 1\n")), "release"),
        "with another content");
    fetch.answers.add(news(bundles().signed("10")));
    feed.turn(pace, receiver);
    assertEquals("", receiver.problem, "signed anew, the same content is the same revision");
    fetch.answers.add(news(bundles().signed("11")));
    feed.turn(pace, receiver);
    assertEquals(List.of("10", "11"), receiver.offered);
    fetch.answers.add(news(bundles().signed("10")));
    PolicyFeed restarted = feed(Revisions.INCREASING, null);
    assertEquals("11", restarted.first().commonRevision());
    PolicyFeed free = begun(Revisions.ANY, "3");
    assertEquals("3", free.status().activeRevision());
  }

  @Test
  void floorHoldsWhereTheStoreIsLost() throws Exception {
    fetch.answers.add(news(bundles().signed("40")));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> feed(Revisions.INCREASING, "41").first());
    assertTrue(refused.getMessage().contains("oldest-revision: 41"), refused.getMessage());
    fetch.answers.add(news(bundles().signed("41")));
    assertEquals("41", feed(Revisions.INCREASING, "41").first().commonRevision());
  }

  @Test
  void bundleThatCannotBeRecordedIsOfferedAgain() throws Exception {
    PolicyFeed feed = begun(Revisions.ANY, "1");
    receiver.taking = false;
    fetch.answers.add(news(bundles().signed("2")));
    feed.turn(pace, receiver);
    assertEquals("1", feed.status().activeRevision());
    assertFalse(feed.status().well());
    receiver.taking = true;
    fetch.answers.add(news(bundles().signed("2")));
    feed.turn(pace, receiver);
    assertEquals("2", feed.status().activeRevision());
  }

  @Test
  void paceIsSpreadAndBacksOff() {
    for (int i = 0; i < 100; i++) {
      long millis = pace.afterAnswer().toMillis();
      assertTrue(millis >= 100 && millis <= 400, () -> "seed 1: " + millis);
    }
    long first = pace.afterFailure().toMillis();
    assertTrue(first >= 50 && first <= 100);
    for (int i = 0; i < 100; i++) {
      long later = pace.afterFailure().toMillis();
      assertTrue(later >= 50 && later <= 400, () -> "seed 1: " + later);
    }
    assertEquals(Duration.ofMillis(60), pace.afterHeld(Duration.ofMillis(40)));
    assertEquals(Duration.ZERO, pace.afterHeld(Duration.ofSeconds(30)));
  }

  @Test
  void revisionsHaveAnOrderWithinTheirKindOnly() {
    assertEquals(-1, RevisionOrder.compare("9", "10"));
    assertEquals(0, RevisionOrder.compare("0010", "10"));
    assertEquals(-1, RevisionOrder.compare("v1.9.0", "1.10.0"));
    assertEquals(
        0, RevisionOrder.compare("2026-11-29T12:00:00Z", "2026-11-29T13:00:00+01:00"));
    for (String odd : List.of("", "a1", "1.0", "-1", "1e3", "sha256:00", "１２", "1.0.0-rc1")) {
      assertFalse(RevisionOrder.ordered(odd), odd);
      assertNull(RevisionOrder.compare(odd, "10"), odd);
    }
    assertNull(RevisionOrder.compare("10", "1.0.0"));
  }
}
