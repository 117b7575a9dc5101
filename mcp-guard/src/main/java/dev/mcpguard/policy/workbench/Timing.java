package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.rego.EntryPoint;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How fast a policy decides on this machine, one thread, after warming up; inputs in turn.
 *
 * @param loadCold compiling the first time in this process, milliseconds
 * @param loadWarm compiling once more at the end, milliseconds
 * @param decisions how many were measured
 * @param mean microseconds a decision
 * @param median microseconds
 * @param p99 microseconds
 */
public record Timing(
    double loadCold, double loadWarm, long decisions, double mean, double median, double p99) {
  private static final int MOST_SAMPLES = 4_000_000;

  /** Measures for as long as asked, warming up for as long before. */
  public static Timing of(
      PolicyFiles files, PolicyCompiler compiler, List<Question> questions, Duration length)
      throws ConfigException, RefusedPolicyException {
    long start = System.nanoTime();
    Workbench workbench = Workbench.open(files, compiler);
    double cold = (System.nanoTime() - start) / 1e6;
    EntryPoint entryPoint = workbench.policy().entryPoint(questions.getFirst().query());
    Evaluation[] evaluations =
        questions.stream().map(Question::evaluation).toArray(Evaluation[]::new);
    sample(entryPoint, evaluations, length);
    long[] samples = sample(entryPoint, evaluations, length);
    long again = System.nanoTime();
    Workbench.open(files, compiler);
    double warm = (System.nanoTime() - again) / 1e6;
    double mean = Arrays.stream(samples).average().orElse(0) / 1e3;
    Arrays.sort(samples);
    return new Timing(
        cold, warm, samples.length, mean, at(samples, 0.5), at(samples, 0.99));
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] / 1e3;
  }

  private static long[] sample(EntryPoint entryPoint, Evaluation[] evaluations, Duration length) {
    long[] samples = new long[MOST_SAMPLES];
    int taken = 0;
    long end = System.nanoTime() + length.toNanos();
    long last = System.nanoTime();
    while (taken == 0 || (last < end && taken < samples.length)) {
      Outcome outcome = entryPoint.evaluate(evaluations[taken % evaluations.length]);
      long now = System.nanoTime();
      if (outcome instanceof Outcome.Failed failed) {
        throw new IllegalStateException("the policy fails: " + failed);
      }
      samples[taken++] = now - last;
      last = now;
    }
    return Arrays.copyOf(samples, taken);
  }
}
