package dev.mcpguard.bench;

import dev.mcpguard.gate.CallClassifier;
import dev.mcpguard.gate.Gatekeeper;
import dev.mcpguard.gate.PolicyInput;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One permitted call through the gate, whole and step by step: cached token, one manifest, declared
 * intent, the shipped policy. {@code call} waits for the disk; {@code callUnwritten} is the same
 * without a log, and {@code settle} what a log takes of the caller's time for one record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseParallelGC", "-Xmx144m"})
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 4, time = 3)
public class GateBenchmark {
  private static final String MESSAGE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":"
          + "{\"text\":\"t1x2z\"},\"_meta\":{\"dev.mcpguard/intent\":{\"purpose\":\"bench\",\"class\":\"read\"}}}}";

  private final GateParcel parcel;
  private final byte[] message = MESSAGE.getBytes(StandardCharsets.UTF_8);
  private final Gatekeeper gate;
  private final Gatekeeper unwritten;
  private final ToolCall call;
  private final IdentifiedCall identified;
  private final IntentReading.Declared declared;
  private final ClassifiedCall classified;
  private final AuthorizationRequest question;
  private final CallRecord record;

  public GateBenchmark() {
    try {
      parcel = new GateParcel();
    } catch (Exception broken) {
      throw new IllegalStateException("the benchmark cannot be set up", broken);
    }
    gate = parcel.gate(parcel.log);
    unwritten = parcel.gate(new UnwrittenLog());
    JsonObject meta =
        JsonObject.of()
            .with(
                "dev.mcpguard/intent",
                JsonObject.builder().put("purpose", "bench").put("class", "read").build());
    RequestFacts facts =
        new RequestFacts(
            "01JBENCHMARK0000000000000A", "http", parcel.route, parcel.credential,
            ProtocolVersion.LATEST_MODERN, "tools/call", new JsonString("1"),
            parcel.clock.instant(), message.length, "127.0.0.1", null, JsonObject.of(),
            JsonObject.of());
    call =
        new ToolCall(
            facts, "files", "echo", JsonObject.builder().put("text", "t1x2z").build(), meta,
            JsonObject.of());
    identified = identified();
    declared = declared();
    classified = classified();
    question = PolicyInput.calling(classified, parcel.clock.instant());
    record =
        new CallRecord(
            RecordKind.OUTCOME, "01JBENCHMARK0000000000000A", question.input(),
            Map.of("reply", message));
  }

  private IdentifiedCall identified() {
    return parcel.identity.verify(parcel.credential, parcel.route)
            instanceof Identification.Identified(var principal)
        ? new IdentifiedCall(call, principal)
        : failed("identity");
  }

  private IntentReading.Declared declared() {
    return parcel.intents.read(identified, parcel.tool) instanceof IntentReading.Declared said
        ? said
        : failed("intent");
  }

  private ClassifiedCall classified() {
    return parcel.classifier.classify(identified, parcel.tool, declared)
            instanceof CallClassifier.Classified(var fit)
        ? fit
        : failed("classification");
  }

  private static <T> T failed(String step) {
    throw new IllegalStateException("the call of the benchmark does not pass the step: " + step);
  }

  /** A benchmark of refusals would be fast and say nothing. */
  @Setup
  public void permits() {
    if (!(call() instanceof Answer.Result)
        || !(callUnwritten() instanceof Answer.Result)
        || !(decide() instanceof Decision.Permit)) {
      failed("gate");
    }
  }

  @TearDown
  public void close() {
    parcel.log.close();
  }

  @Benchmark
  public Answer call() {
    return gate.handle(call, ReplyChannel.NONE);
  }

  @Benchmark
  public Answer callUnwritten() {
    return unwritten.handle(call, ReplyChannel.NONE);
  }

  @Benchmark
  public Object decode() throws Exception {
    return StrictJson.parse(message, JsonLimits.message());
  }

  @Benchmark
  public Object identity() {
    return parcel.identity.verify(parcel.credential, parcel.route);
  }

  @Benchmark
  public Object intent() {
    return parcel.intents.read(identified, parcel.tool);
  }

  @Benchmark
  public Object classify() {
    return parcel.classifier.classify(identified, parcel.tool, declared);
  }

  @Benchmark
  public Object question() {
    return PolicyInput.calling(classified, parcel.clock.instant());
  }

  @Benchmark
  public Decision decide() {
    return parcel.policy.decide(question);
  }

  @Benchmark
  public byte[] canonical() {
    return CanonicalJson.bytes(question.input());
  }

  @Benchmark
  public byte[] forward() {
    return JsonText.bytes(question.input());
  }

  @Benchmark
  public void settle() throws Exception {
    parcel.log.settle(record);
  }
}
