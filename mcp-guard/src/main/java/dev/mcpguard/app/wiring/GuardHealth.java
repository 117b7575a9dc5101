package dev.mcpguard.app.wiring;

import dev.mcpguard.audit.FoldedEvents;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.LogKeeper;
import dev.mcpguard.audit.proof.AttestationClock;
import dev.mcpguard.downstream.Downstream;
import dev.mcpguard.downstream.ServerHealth;
import dev.mcpguard.gate.Allowances;
import dev.mcpguard.identity.WorkloadIdentityVerifier;
import dev.mcpguard.policy.bundle.BundleStatus;
import dev.mcpguard.publish.metrics.Histogram;
import dev.mcpguard.publish.metrics.MetricsText;
import dev.mcpguard.publish.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of a guard are doing: for {@code /readyz} and {@code /metrics}. Thread-safe.
 *
 * @param log the call log
 * @param keeper what happens to it beside the request path
 * @param syncs durations of the log's syncs
 * @param kept the parts of the configuration that are read again
 * @param policy the policy that decides
 * @param downstream the tool servers
 * @param strangers unauthenticated requests
 * @param allowances what callers hold of the guard
 * @param identity the token cache
 * @param observers counters of requests, and telemetry
 */
record GuardHealth(
    SegmentedCallLog log,
    LogKeeper keeper,
    Histogram syncs,
    List<Kept<?>> kept,
    PolicyInForce policy,
    Downstream downstream,
    FoldedEvents strangers,
    Allowances allowances,
    WorkloadIdentityVerifier identity,
    Observers observers) {

  GuardHealth {
    kept = List.copyOf(kept);
  }

  /** What the guard needs to work. */
  List<GuardPages.Readiness> readiness() {
    List<GuardPages.Readiness> parts = new ArrayList<>();
    parts.add(
        new GuardPages.Readiness(
            "call-log", log.available(), true,
            log.available() ? "" : "records cannot be written; every call is refused"));
    parts.add(
        new GuardPages.Readiness(
            "call-log-disk", !log.diskLow(), false,
            log.diskLow() ? log.diskFree() + " bytes are left; free or add space" : ""));
    parts.add(
        new GuardPages.Readiness(
            "call-log-keeping", keeper.problem().isEmpty(), false, keeper.problem()));
    AttestationClock attestations = keeper.attestations();
    if (attestations != null) {
      String problem = attestations.problem();
      parts.add(
          new GuardPages.Readiness("call-log-witness", problem.isEmpty(), false, problem));
    }
    for (Kept<?> each : kept) {
      parts.add(
          new GuardPages.Readiness(each.kind(), each.problem().isEmpty(), false, each.problem()));
    }
    BundleStatus bundle = policy.bundle();
    if (bundle != null) {
      parts.add(
          new GuardPages.Readiness("policy-bundle", bundle.well(), false, bundle.text()));
    }
    for (ServerHealth server : downstream.health()) {
      String problem = server.problem() == null ? "" : server.problem();
      parts.add(
          new GuardPages.Readiness(
              "server " + server.server(), server.answering() && problem.isEmpty(), false, problem));
    }
    return parts;
  }

  /** Writes what the parts count. */
  void write(MetricsText text) {
    observers.metrics().write(text);
    log(text);
    witness(text);
    servers(text);
    bundle(text);
    text.counter(
            "mcpguard_strangers_folded_total",
            "unauthenticated requests recorded in counts rather than singly", strangers.folded())
        .counters(
            "mcpguard_callers_limited_total",
            "requests refused because their caller was over a limit", "limit", allowances.refused())
        .gauge(
            "mcpguard_callers", "callers that asked something in the last seconds or hold a stream",
            allowances.callers())
        .counter(
            "mcpguard_token_cache_hits_total", "tokens found verified", identity.tokenCacheHits())
        .counter(
            "mcpguard_token_cache_misses_total", "tokens that had to be verified",
            identity.tokenCacheMisses());
    Telemetry telemetry = observers.telemetry();
    if (telemetry != null) {
      text.counters(
              "mcpguard_telemetry_spans_total", "finished spans, by what became of them", "state",
              Map.of(
                  "sent", telemetry.spansSent(),
                  "dropped", telemetry.spansDropped(),
                  "failed", telemetry.spansFailed()))
          .counter(
              "mcpguard_telemetry_metric_exports_failed_total", "exports of metrics that failed",
              telemetry.metricExportsFailed());
    }
  }

  private void log(MetricsText text) {
    text.gauge("mcpguard_call_log_available", "1 while records can be written", log.available() ? 1 : 0)
        .gauge("mcpguard_call_log_records", "durable records of this instance", log.durableSize())
        .gauge("mcpguard_call_log_checkpointed_records", "records below the newest checkpoint", keeper.covered())
        .gauge("mcpguard_call_log_queued_records", "records that wait to be written", log.queuedRecords())
        .gauge("mcpguard_call_log_queued_bytes", "bytes that wait to be written", log.queuedBytes())
        .gauge("mcpguard_call_log_disk_free_bytes", "free space where the call log lies", log.diskFree())
        .gauge("mcpguard_call_log_disk_low", "1 while free space is below the warning", log.diskLow() ? 1 : 0)
        .gauge("mcpguard_call_log_keeping_problem", "1 while checkpoints, packing or retention fail", keeper.problem().isEmpty() ? 0 : 1)
        .histogram("mcpguard_call_log_sync_duration_seconds", "time to write and sync one batch of records", syncs);
  }

  private void witness(MetricsText text) {
    AttestationClock attestations = keeper.attestations();
    if (attestations != null) {
      text.gauge(
              "mcpguard_call_log_cosigned_records", "records below the newest cosigned checkpoint",
              attestations.cosigned())
          .counter(
              "mcpguard_call_log_witness_failures_total", "attempts to have a checkpoint cosigned that failed",
              attestations.failures());
    }
  }

  private void bundle(MetricsText text) {
    BundleStatus bundle = policy.bundle();
    if (bundle == null) {
      return;
    }
    text.gauges(
            "mcpguard_policy_bundle_info", "1 for the revision in force", "revision",
            Map.of(bundle.activeRevision(), 1.0))
        .gauge("mcpguard_policy_bundle_sound", "1 while the last attempt to get a bundle went well", bundle.well() ? 1 : 0)
        .gauge("mcpguard_policy_bundle_failures_in_a_row", "attempts that failed since one went well", bundle.failures())
        .gauge("mcpguard_policy_bundle_last_request_timestamp_seconds", "when it was last asked for", seconds(bundle.lastRequest()))
        .gauge("mcpguard_policy_bundle_last_successful_request_timestamp_seconds", "when an answer last made sense", seconds(bundle.lastSuccessfulRequest()))
        .gauge("mcpguard_policy_bundle_last_successful_activation_timestamp_seconds", "when a bundle was last put in force", seconds(bundle.lastSuccessfulActivation()));
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? 0 : at.getEpochSecond();
  }

  private void servers(MetricsText text) {
    Map<String, Double> served = new HashMap<>();
    Map<String, Double> withheld = new HashMap<>();
    Map<String, Double> quarantined = new HashMap<>();
    Map<String, Double> answering = new HashMap<>();
    Map<String, Double> breaker = new HashMap<>();
    for (ServerHealth server : downstream.health()) {
      served.put(server.server(), (double) server.served());
      withheld.put(server.server(), (double) server.withheld());
      quarantined.put(server.server(), (double) server.quarantined());
      answering.put(server.server(), server.answering() ? 1.0 : 0.0);
      breaker.put(server.server(), (double) server.breaker());
    }
    text.gauges("mcpguard_tools_served", "tools served", "server", served)
        .gauges("mcpguard_tools_withheld", "listed tools not served", "server", withheld)
        .gauges("mcpguard_tools_quarantined", "tools stopped by a person or a check", "server", quarantined)
        .gauges("mcpguard_server_answering", "1 while calls are let through", "server", answering)
        .gauges("mcpguard_server_breaker_state", "circuit breaker: 0 closed, 1 trying, 2 open", "server", breaker);
    Map<String, Double> sound = new HashMap<>();
    kept.forEach(each -> sound.put(each.kind(), each.problem().isEmpty() ? 1.0 : 0.0));
    text.gauges(
        "mcpguard_configuration_sound",
        "1 while the files are in force, 0 while a changed one is refused", "part", sound);
  }
}
