package dev.mcpguard.rego;

import dev.mcpguard.rego.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Decisions by one thread and by as many as there are cores, loads, memory; {@code rego/bench} runs {@link #main}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicyBenchmark {
  private static final int INPUTS = 64;
  private static final int COPIES = 200;
  private final Value[] inputs = new Value[INPUTS];
  private EntryPoint decision = PolicyFixture.compile().entryPoint("data.mcpguard.authz.decision");

  /** Each thread has its own place in the inputs, so that threads share nothing but the policy. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    int take() {
      next = (next + 1) % INPUTS;
      return next;
    }
  }

  @Setup
  public void prepare() {
    for (int i = 0; i < INPUTS; i++) {
      inputs[i] = PolicyFixture.input(i * 3 % 200, i * 7 % 200);
    }
    decision = PolicyFixture.compile().entryPoint("data.mcpguard.authz.decision");
  }

  @Benchmark
  public Outcome decide(Turn turn) {
    return decision.evaluate(Evaluation.of(inputs[turn.take()], Instant.EPOCH, 1));
  }

  @Benchmark
  @Threads(Threads.MAX)
  public Outcome decideOnEveryCore(Turn turn) {
    return decision.evaluate(Evaluation.of(inputs[turn.take()], Instant.EPOCH, 1));
  }

  @Benchmark
  public CompileResult load() {
    return Rego.create().module("authz.rego", PolicyFixture.policy()).compile();
  }

  public static void main(String[] arguments) throws RunnerException {
    System.out.printf("memory: %d KiB a loaded policy beyond its data%n", kibibytesEach());
    new org.openjdk.jmh.runner.Runner(
            new OptionsBuilder()
                .include(PolicyBenchmark.class.getSimpleName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(org.openjdk.jmh.runner.options.TimeValue.seconds(5))
                .measurementIterations(5)
                .measurementTime(org.openjdk.jmh.runner.options.TimeValue.seconds(5))
                .build())
        .run();
  }

  private static long kibibytesEach() {
    List<CompileResult> kept = new ArrayList<>();
    kept.add(Rego.create().module("authz.rego", PolicyFixture.policy()).compile());
    long before = used();
    for (int i = 0; i < COPIES; i++) {
      kept.add(Rego.create().module("authz.rego", PolicyFixture.policy()).compile());
    }
    long each = (used() - before) / COPIES / 1024;
    return kept.isEmpty() ? 0 : each;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
