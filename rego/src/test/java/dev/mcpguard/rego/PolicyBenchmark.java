package dev.mcpguard.rego;

import dev.mcpguard.rego.value.Value;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Decisions and loads; run {@link #main} with the test class path. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicyBenchmark {
  private static final int INPUTS = 64;
  private final Value[] inputs = new Value[INPUTS];
  private EntryPoint decision = PolicyFixture.compile().entryPoint("data.mcpguard.authz.decision");
  private int next;

  @Setup
  public void prepare() {
    for (int i = 0; i < INPUTS; i++) {
      inputs[i] = PolicyFixture.input(i * 3 % 200, i * 7 % 200);
    }
    decision = PolicyFixture.compile().entryPoint("data.mcpguard.authz.decision");
  }

  @Benchmark
  public Outcome decide() {
    next = (next + 1) % INPUTS;
    return decision.evaluate(Evaluation.of(inputs[next], Instant.EPOCH, 1));
  }

  @Benchmark
  public CompileResult load() {
    return Rego.create().module("authz.rego", PolicyFixture.policy()).compile();
  }

  public static void main(String[] arguments) throws RunnerException {
    new org.openjdk.jmh.runner.Runner(
            new OptionsBuilder()
                .include(PolicyBenchmark.class.getSimpleName())
                .forks(1)
                .warmupIterations(3)
                .measurementIterations(5)
                .build())
        .run();
  }
}
