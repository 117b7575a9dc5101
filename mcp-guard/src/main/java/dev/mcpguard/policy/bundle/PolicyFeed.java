package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.bundle.BundleFetch.Fetched;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles as they come, from a file or a URL: each is loaded and judged, its revision held against the
 * one before, and once it is in force it is kept on disk. Whatever fails, the last good one stays.
 * Thread-safe; close it once.
 */
public final class PolicyFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFeed.class);

  private final BundleSettings settings;
  private final BundleLoader loader;
  private final BundleStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final @Nullable BundleFetch fetch;
  private final AtomicReference<BundleStatus> status =
      new AtomicReference<>(BundleStatus.fresh());
  private volatile @Nullable Offered offered;
  private volatile @Nullable Thread poller;
  private volatile @Nullable String etag;

  /** A loaded bundle on its way into force, and why no newer one is; empty if it is the newest. */
  private record Offered(LoadedBundle bundle, @Nullable String etag, String problem) {}

  /** Puts what comes in force. */
  public interface Receiver {
    /** Returns once it is in force; false if it could not be recorded, to be offered again. */
    boolean offer(CompiledPolicies policies);

    /** Nothing usable came; empty once all is well again. */
    void complain(String problem);
  }

  /**
   * @param deadline the most a decision may take
   * @param random spreads the polls of many guards
   */
  public PolicyFeed(
      BundleSettings settings, Duration deadline, InstantSource clock, RandomGenerator random)
      throws ConfigException {
    this(
        settings, new BundleLoader(settings, deadline, clock), clock, random,
        settings.origin() instanceof BundleOrigin.Url url
            ? new HttpBundleFetch(url, settings.limits().archive())
            : null);
  }

  PolicyFeed(
      BundleSettings settings,
      BundleLoader loader,
      InstantSource clock,
      RandomGenerator random,
      @Nullable BundleFetch fetch) {
    this.settings = settings;
    this.loader = loader;
    this.store = new BundleStore(settings.folder());
    this.clock = clock;
    this.random = random;
    this.fetch = fetch;
  }

  /**
   * The policy to begin with. A file must be sound. A URL is asked once; if it gives nothing usable the
   * bundle that was last in force decides, verified again; without one there is no policy to start with.
   */
  public CompiledPolicies first() throws ConfigException {
    return switch (settings.origin()) {
      case BundleOrigin.File file -> read();
      case BundleOrigin.Url url -> download();
    };
  }

  /** The bundle in the file as it is now; to be told by {@link #activated} when it is in force. */
  public CompiledPolicies read() throws ConfigException {
    BundleOrigin.File file = (BundleOrigin.File) settings.origin();
    change(before -> before.requested(clock.instant()));
    try {
      LoadedBundle bundle = judge(BundleLoader.bytes(file.path(), settings.limits()));
      offered = new Offered(bundle, null, "");
      // What is in force already is never put in force again, so nothing else would end a complaint.
      change(before -> before.unchanged(clock.instant()));
      return bundle.policies();
    } catch (ConfigException refused) {
      fail(String.valueOf(refused.getMessage()));
      throw refused;
    }
  }

  private CompiledPolicies download() throws ConfigException {
    LoadedBundle kept = null;
    BundleStore.Active active = null;
    String unkept = "";
    try {
      active = active();
      kept = active == null ? null : kept(active);
    } catch (ConfigException unusable) {
      unkept = "; " + unusable.getMessage();
    }
    etag = kept == null || active == null ? null : active.etag();
    String problem;
    try {
      Answer answer = ask();
      if (answer.bundle() != null) {
        offered = new Offered(answer.bundle(), answer.etag(), "");
        return answer.bundle().policies();
      }
      problem = answer.problem();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      problem = "the download was interrupted";
    }
    if (kept == null) {
      throw BundleLoader.refused(
          settings.origin().text(), problem + unkept + "; there is no bundle to start with");
    }
    if (!problem.isEmpty()) {
      LOG.error("no new policy bundle: {}; the last good one decides", problem);
    }
    offered = new Offered(kept, etag, problem);
    return kept.policies();
  }

  /** What was last in force, verified and judged again; the folder is no place to trust blindly. */
  private LoadedBundle kept(BundleStore.Active active) throws ConfigException {
    try {
      LoadedBundle bundle = loader.load(store.archive(active, settings.limits().archive()));
      RevisionRule.check(settings, active, bundle);
      return bundle;
    } catch (IOException damaged) {
      throw BundleLoader.refused(settings.folder().toString(), String.valueOf(damaged.getMessage()));
    }
  }

  private BundleStore.@Nullable Active active() throws ConfigException {
    try {
      return store.active();
    } catch (IOException damaged) {
      throw BundleLoader.refused(settings.folder().toString(), String.valueOf(damaged.getMessage()));
    }
  }

  private LoadedBundle judge(byte[] archive) throws ConfigException {
    LoadedBundle bundle = loader.load(archive);
    boolean ordered = settings.revisions() == BundleSettings.Revisions.INCREASING;
    RevisionRule.check(settings, ordered ? active() : null, bundle);
    return bundle;
  }

  /** The policies are in force: what brought them is kept, and the revision counts from now on. */
  public void activated(CompiledPolicies policies) {
    Offered known = offered;
    if (known == null || known.bundle().policies() != policies) {
      return;
    }
    offered = null;
    etag = known.etag();
    try {
      store.keep(known.bundle(), known.etag(), clock.instant());
    } catch (IOException unwritable) {
      LOG.error("the policy bundle in force cannot be kept: {}", unwritable.getMessage());
    }
    change(before -> before.activated(known.bundle().revision(), clock.instant()));
    if (!known.problem().isEmpty()) {
      fail(known.problem());
    }
    LOG.info("the policy bundle {} is in force", known.bundle().text());
  }

  /** Begins to ask the URL; does nothing for a file. */
  public void start(Receiver receiver) {
    if (settings.origin() instanceof BundleOrigin.Url url && fetch != null) {
      PollingPace pace = new PollingPace(url.polling(), random);
      receiver.complain(status().message());
      poller = Thread.ofVirtual().name("policy-bundle").start(() -> poll(pace, receiver));
    }
  }

  private void poll(PollingPace pace, Receiver receiver) {
    try {
      Duration delay = pace.afterAnswer();
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(delay);
        delay = turn(pace, receiver);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One question and what follows from it; the delay until the next. */
  Duration turn(PollingPace pace, Receiver receiver) throws InterruptedException {
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = ask();
    } catch (RuntimeException fault) {
      LOG.error("the policy bundle could not be asked for", fault);
      answer = new Answer(null, null, "an internal error; see the guard's output", false);
      fail(answer.problem());
    }
    LoadedBundle bundle = answer.bundle();
    if (bundle != null) {
      offered = new Offered(bundle, answer.etag(), "");
      if (!receiver.offer(bundle.policies())) {
        offered = null;
        fail("it could not be recorded, so it is not in force");
        return pace.afterFailure();
      }
      activated(bundle.policies());
    }
    receiver.complain(answer.problem());
    if (!answer.problem().isEmpty()) {
      return pace.afterFailure();
    }
    return answer.held()
        ? pace.afterHeld(Duration.ofNanos(System.nanoTime() - start))
        : pace.afterAnswer();
  }

  /** What asking gave: a bundle, nothing new, or a problem. */
  private record Answer(
      @Nullable LoadedBundle bundle, @Nullable String etag, String problem, boolean held) {}

  private Answer ask() throws InterruptedException {
    if (fetch == null) {
      throw new IllegalStateException("a file is not asked");
    }
    change(before -> before.requested(clock.instant()));
    return switch (fetch.fetch(etag)) {
      case Fetched.Failed(String problem) -> {
        fail(problem);
        yield new Answer(null, null, problem, false);
      }
      case Fetched.Unchanged(boolean holds) -> {
        change(before -> before.unchanged(clock.instant()));
        yield new Answer(null, null, "", holds);
      }
      case Fetched.News news -> news(news);
    };
  }

  private Answer news(Fetched.News news) {
    change(before -> before.downloaded(clock.instant()));
    try {
      return new Answer(judge(news.archive()), news.etag(), "", news.holds());
    } catch (ConfigException refused) {
      String problem = String.valueOf(refused.getMessage());
      fail(problem);
      LOG.error("the downloaded policy bundle is refused, the last good one stays: {}", problem);
      return new Answer(null, null, problem, false);
    }
  }

  /** How it stands. */
  public BundleStatus status() {
    return status.get();
  }

  private void fail(String problem) {
    change(before -> before.failed(problem));
  }

  private void change(UnaryOperator<BundleStatus> change) {
    BundleStatus now = status.updateAndGet(change);
    try {
      store.note(now);
    } catch (IOException unwritable) {
      LOG.warn("the status of the policy bundle cannot be noted: {}", unwritable.getMessage());
    }
  }

  @Override
  public void close() {
    Thread running = poller;
    if (running != null) {
      running.interrupt();
    }
    if (fetch instanceof HttpBundleFetch http) {
      http.close();
    }
  }
}
