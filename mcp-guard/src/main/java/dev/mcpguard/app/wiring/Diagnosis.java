package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine a guard shall run on: Java, clock, files, disk, certificates, network. */
public final class Diagnosis {
  private static final int JAVA = 25;
  private static final LocalDate RELEASE = LocalDate.of(2026, 1, 1);

  private Diagnosis() {}

  /**
   * One thing that was looked at.
   *
   * @param part what
   * @param well whether it is as it must be
   * @param words what is wrong and what to do, or what is there
   */
  public record Symptom(String part, boolean well, String words) {
    static Symptom well(String part, String words) {
      return new Symptom(part, true, words);
    }

    static Symptom bad(String part, String words) {
      return new Symptom(part, false, words);
    }
  }

  /** Looks at everything; asks servers and issuers, and changes nothing. */
  public static List<Symptom> of(GuardConfiguration configuration) {
    List<Symptom> symptoms = new ArrayList<>();
    symptoms.add(java());
    symptoms.add(clock());
    symptoms.addAll(FileDiagnosis.of(configuration));
    symptoms.addAll(NetworkDiagnosis.of(configuration));
    return List.copyOf(symptoms);
  }

  private static Symptom java() {
    String version = "version " + Runtime.version();
    return Runtime.version().feature() >= JAVA
        ? Symptom.well("java", version)
        : Symptom.bad("java", version + "; install JDK " + JAVA + " and set JAVA_HOME");
  }

  private static Symptom clock() {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    return today.isAfter(RELEASE)
        ? Symptom.well("clock", today.toString())
        : Symptom.bad(
            "clock", today + " lies before this release; set the clock, or every token is refused");
  }
}
