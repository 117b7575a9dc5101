package dev.mcpguard.policy.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.query.OpaQueryClient;
import com.bisnode.opa.client.query.QueryForDocumentRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.PolicyDecisionPoint;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.policy.DecisionReader;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PDP in an OPA server. An answer counts only if it comes in time, can be read strictly, and was made
 * by the revision this guard holds locally, since replay decides from the local files: anything else is
 * {@code policy-unavailable}. Undefined is {@code policy-undefined}. Thread-safe.
 */
public final class OpaPolicy implements PolicyDecisionPoint, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpaPolicy.class);
  private static final String DECISION = "mcpguard/authz/decision?provenance=true";
  private static final String VISIBLE = "mcpguard/authz/visible?provenance=true";
  private static final int WARMING = 5;
  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(1 << 20);

  private final OpaSettings settings;
  private final Supplier<HeldPolicy> held;
  private final ObjectMapper mapper = new ObjectMapper();
  private final OpaConfiguration configuration;
  private final HttpClient client;

  /**
   * @param settings where OPA is
   * @param held the policy files this guard holds
   */
  public OpaPolicy(OpaSettings settings, Supplier<HeldPolicy> held) {
    this.settings = settings;
    this.held = held;
    this.configuration = new OpaConfiguration(settings.url().toString());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.deadline())
            .version(HttpClient.Version.HTTP_1_1);
    SSLContext tls = settings.tls();
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  @Override
  public Decision decide(AuthorizationRequest request) {
    HeldPolicy local = held.get();
    String revision = local.revision();
    return switch (ask(request, DECISION, local)) {
      case Asked.Answered(JsonValue result) -> DecisionReader.read(result, revision);
      case Asked.Undefined undefined -> DecisionReader.read(null, revision);
      case Asked.Unavailable(String detail) ->
          new Decision.Indeterminate(ReasonCode.POLICY_UNAVAILABLE, detail, revision);
    };
  }

  @Override
  public boolean visible(AuthorizationRequest request) {
    return ask(request, VISIBLE, held.get()) instanceof Asked.Answered(JsonValue result)
        && result == JsonBoolean.TRUE;
  }

  /**
   * Asks about nothing, a few times: the first questions of a process open the connection and load
   * classes, which a short deadline would not forgive a caller. What comes back decides nothing.
   */
  public void warm() {
    AuthorizationRequest nothing = new AuthorizationRequest(JsonObject.of());
    for (int i = 0; i < WARMING; i++) {
      decide(nothing);
    }
  }

  @Override
  public String revision() {
    return held.get().revision();
  }

  /** What came back. */
  private sealed interface Asked {
    record Answered(JsonValue result) implements Asked {}

    record Undefined() implements Asked {}

    record Unavailable(String detail) implements Asked {}
  }

  private Asked ask(AuthorizationRequest request, String path, HeldPolicy local) {
    if (local.bundle() == null) {
      return new Asked.Unavailable("the local bundle has no revision to compare the OPA server's with");
    }
    CapturingRestClient transport =
        new CapturingRestClient(configuration, client, mapper, settings);
    RawValue input = new RawValue(JsonText.text(request.input()));
    try {
      new OpaQueryClient(transport)
          .queryForDocument(new QueryForDocumentRequest(input, path), JsonNode.class);
    } catch (OpaClientException failed) {
      LOG.warn("the OPA server gave no decision: {}", failed.getMessage());
      if (failed.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Asked.Unavailable("the OPA server gave no decision");
    }
    return read(transport.body(), local.bundle());
  }

  private static Asked read(byte @Nullable [] body, String revision) {
    if (body == null) {
      return new Asked.Unavailable("the OPA server gave no answer");
    }
    try {
      JsonObject answer = StrictJson.parseObject(body, LIMITS);
      if (!revision.equals(revision(answer))) {
        return new Asked.Unavailable("the OPA server decides by another revision of the policy");
      }
      JsonValue result = answer.get("result");
      return result == null ? new Asked.Undefined() : new Asked.Answered(result);
    } catch (MalformedJsonException malformed) {
      return new Asked.Unavailable("the OPA server's answer cannot be read");
    }
  }

  /** The revision of the one bundle the server decided by, or null. */
  private static @Nullable String revision(JsonObject answer) {
    JsonObject provenance = answer.object("provenance");
    JsonObject bundles = provenance == null ? null : provenance.object("bundles");
    if (bundles == null || bundles.members().size() != 1) {
      return null;
    }
    return bundles.members().values().iterator().next() instanceof JsonObject bundle
        ? bundle.string("revision")
        : null;
  }

  @Override
  public void close() {
    client.close();
  }
}
