package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the bundle stands, in the words of OPA's status. Immutable.
 *
 * @param activeRevision what the bundle in force calls itself; empty if it does not
 * @param lastRequest when it was last asked for; null if never
 * @param lastSuccessfulRequest when an answer last made sense, news or not
 * @param lastSuccessfulDownload when news last came
 * @param lastSuccessfulActivation when a bundle was last put in force
 * @param code {@code bundle_error}, or empty if all is well
 * @param message what is wrong; empty if all is well
 * @param failures how many attempts failed since one went well
 */
public record BundleStatus(
    String activeRevision,
    @Nullable Instant lastRequest,
    @Nullable Instant lastSuccessfulRequest,
    @Nullable Instant lastSuccessfulDownload,
    @Nullable Instant lastSuccessfulActivation,
    String code,
    String message,
    int failures) {
  private static final String ERROR = "bundle_error";

  /** Before anything was tried. */
  public static BundleStatus fresh() {
    return new BundleStatus("", null, null, null, null, "", "", 0);
  }

  /** Whether the last attempt went well. */
  public boolean well() {
    return code.isEmpty();
  }

  BundleStatus requested(Instant at) {
    return new BundleStatus(
        activeRevision, at, lastSuccessfulRequest, lastSuccessfulDownload,
        lastSuccessfulActivation, code, message, failures);
  }

  /** An answer that there is nothing new. */
  BundleStatus unchanged(Instant at) {
    return new BundleStatus(
        activeRevision, lastRequest, at, lastSuccessfulDownload, lastSuccessfulActivation, "", "", 0);
  }

  BundleStatus downloaded(Instant at) {
    return new BundleStatus(
        activeRevision, lastRequest, at, at, lastSuccessfulActivation, code, message, failures);
  }

  BundleStatus activated(String revision, Instant at) {
    return new BundleStatus(
        revision, lastRequest, lastSuccessfulRequest, lastSuccessfulDownload, at, "", "", 0);
  }

  BundleStatus failed(String why) {
    return new BundleStatus(
        activeRevision, lastRequest, lastSuccessfulRequest, lastSuccessfulDownload,
        lastSuccessfulActivation, ERROR, why, failures + 1);
  }

  /** As OPA reports it. */
  public JsonObject document() {
    JsonObject.Builder fields =
        JsonObject.builder().put("name", "policy").put("active_revision", activeRevision);
    put(fields, "last_request", lastRequest);
    put(fields, "last_successful_request", lastSuccessfulRequest);
    put(fields, "last_successful_download", lastSuccessfulDownload);
    put(fields, "last_successful_activation", lastSuccessfulActivation);
    if (!well()) {
      fields.put("code", code).put("message", message).put("failures", failures);
    }
    return fields.build();
  }

  private static void put(JsonObject.Builder fields, String name, @Nullable Instant at) {
    if (at != null) {
      fields.put(name, at.toString());
    }
  }

  /** One line for people. */
  public String text() {
    String revision = activeRevision.isEmpty() ? "no revision" : "revision " + activeRevision;
    String since = lastSuccessfulActivation == null ? "" : ", in force since " + lastSuccessfulActivation;
    return well() ? revision + since : revision + since + "; " + code + ": " + message;
  }
}
