package dev.mcpguard.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layers, fences and circles of {@code ARCHITECTURE.md}. One import serves all rules. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.mcpguard");

  /** Lowest first. A package may import its own layer's insides and anything lower, nothing higher. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("json"),
          List.of("registry"),
          List.of("model"),
          List.of(
              "identity", "intent", "policy", "approval", "grant", "downstream", "release", "audit",
              "issuer", "publish"),
          List.of("gate", "replay"),
          List.of("admin"),
          List.of("front"),
          List.of("app"));

  /** What {@code java.net} has that only reads text. */
  private static final List<String> TEXT_OF_JAVA_NET =
      List.of("URI", "URISyntaxException", "URLDecoder", "URLEncoder");

  private static final String NETWORK = "java.net.http..";

  @Test
  void importsPointDownOnly() {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      List<String> above = new ArrayList<>();
      LAYERS.subList(layer + 1, LAYERS.size()).forEach(above::addAll);
      for (String name : LAYERS.get(layer)) {
        check(
            noClasses().that().resideInAPackage(packages(name))
                .should().dependOnClassesThat().resideInAnyPackage(all(above)));
      }
    }
  }

  @Test
  void siblingsNeverImportOneAnother() {
    for (List<String> layer : LAYERS) {
      for (String name : layer) {
        List<String> others = new ArrayList<>(layer);
        others.remove(name);
        if (name.equals("replay")) {
          others.remove("gate");
        }
        if (!others.isEmpty()) {
          check(
              noClasses().that().resideInAPackage(packages(name))
                  .should().dependOnClassesThat().resideInAnyPackage(all(others)));
        }
      }
    }
  }

  @Test
  void packagesFormNoCircle() {
    slices().matching("dev.mcpguard.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void theEngineKnowsNothingOfTheGuard() {
    check(
        noClasses().that().resideInAPackage("dev.mcpguard.rego..")
            .should().dependOnClassesThat(
                resideInAPackage("dev.mcpguard..").and(not(resideInAPackage("dev.mcpguard.rego..")))));
  }

  /** Nothing of a client's reaches a server that did not walk the gate. */
  @Test
  void onlyTheGateBuildsWhatIsCleared() {
    for (Class<?> cleared :
        List.of(ClearedCall.class, ClearedPrimitive.class, ClearedListing.class)) {
      check(
          noClasses().that().resideOutsideOfPackage(packages("gate"))
              .should().callConstructorWhere(
                  com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                      com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                          com.tngtech.archunit.core.domain.JavaClass.Predicates.type(cleared)))));
    }
  }

  @Test
  void joseIsForIdentityAndIssuer() {
    fence(new String[] {"com.nimbusds.."}, "identity", "issuer");
  }

  @Test
  void theEngineAndTheOpaClientAreForPolicy() {
    check(
        noClasses().that(resideInAPackage("dev.mcpguard..")
                .and(not(resideInAnyPackage(packages("policy"), "dev.mcpguard.rego.."))))
            .should().dependOnClassesThat().resideInAPackage("dev.mcpguard.rego.."));
    fence(new String[] {"com.bisnode.opa..", "com.fasterxml.jackson.."}, "policy.opa");
  }

  @Test
  void theHttpServerIsForTheFront() {
    fence(
        new String[] {"io.netty.handler.codec.http.HttpServer*", "io.netty.bootstrap.ServerBootstrap"},
        "front");
    fence(new String[] {"io.netty.."}, "front", "downstream");
  }

  @Test
  void httpClientsAreFenced() {
    fence(new String[] {NETWORK}, "identity", "policy.opa", "policy.bundle", "publish");
  }

  @Test
  void openTelemetryIsForTelemetryAndLogbackForTheLog() {
    fence(new String[] {"io.opentelemetry.."}, "publish.telemetry");
    fence(new String[] {"ch.qos.logback.."}, "app.log");
    fence(new String[] {"com.sun.net.httpserver.."}, "publish.witness", "app.training");
  }

  @Test
  void theMcpSdkJudgesAndForwardsNothing() {
    fence(new String[] {"io.modelcontextprotocol.."}, "admin", "app");
  }

  @Test
  void replayHasNoNetwork() {
    check(
        noClasses().that().resideInAPackage(packages("replay"))
            .should().dependOnClassesThat().resideInAnyPackage(
                "java.net..", "io.netty..", "dev.mcpguard.downstream..", "dev.mcpguard.policy.opa..",
                "dev.mcpguard.policy.bundle..",
                "dev.mcpguard.front..", "dev.mcpguard.publish.."));
    check(
        noClasses().that().resideInAPackage(packages("replay"))
            .should().dependOnClassesThat(
                new com.tngtech.archunit.base.DescribedPredicate<>("of identity reach a network") {
                  @Override
                  public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                    // the register and what it says of claims are pure
                    return type.getPackageName().equals("dev.mcpguard.identity")
                        && !type.getName().startsWith("dev.mcpguard.identity.Agent");
                  }
                }));
    check(
        noClasses().that().resideInAnyPackage(packages("audit"), "dev.mcpguard.rego..")
            .should().dependOnClassesThat(
                new com.tngtech.archunit.base.DescribedPredicate<>("reach a network") {
                  @Override
                  public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                    return matches(new String[] {"java.net..", "io.netty.."}, type)
                        && !TEXT_OF_JAVA_NET.contains(type.getSimpleName());
                  }
                }));
  }

  @Test
  void jdbcIsForClassesNamedSo() {
    check(
        noClasses().that().haveSimpleNameNotStartingWith("Jdbc")
            .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql.."));
  }

  @Test
  void onlyThePolicyRegoPolicyAndJsonPackagesParse() {
    check(
        noClasses().that(resideInAPackage("dev.mcpguard..")
                .and(not(resideInAnyPackage("dev.mcpguard.json..", "dev.mcpguard.rego.."))))
            .should().dependOnClassesThat().resideInAPackage("jakarta.json.."));
  }

  @Test
  void namesSayTheJob() {
    check(
        classes().that().resideInAPackage("dev.mcpguard..")
            .should().haveSimpleNameNotEndingWith("Util")
            .andShould().haveSimpleNameNotEndingWith("Utils")
            .andShould().haveSimpleNameNotEndingWith("Helper")
            .andShould().haveSimpleNameNotEndingWith("Manager"));
  }

  private static void fence(String[] fenced, String... allowed) {
    String[] inside = all(List.of(allowed));
    ArchRule rule =
        noClasses().that(resideInAPackage("dev.mcpguard..").and(not(resideInAnyPackage(inside))))
            .should().dependOnClassesThat(
                new com.tngtech.archunit.base.DescribedPredicate<>(String.join(", ", fenced)) {
                  @Override
                  public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                    return matches(fenced, type);
                  }
                });
    check(rule);
  }

  private static boolean matches(
      String[] fenced, com.tngtech.archunit.core.domain.JavaClass type) {
    for (String pattern : fenced) {
      boolean hit =
          pattern.endsWith("..")
              ? type.getName().startsWith(pattern.substring(0, pattern.length() - 1))
              : pattern.endsWith("*")
                  ? type.getName().startsWith(pattern.substring(0, pattern.length() - 1))
                  : type.getName().equals(pattern);
      if (hit) {
        return true;
      }
    }
    return false;
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }

  private static String packages(String name) {
    return "dev.mcpguard." + name + "..";
  }

  private static String[] all(List<String> names) {
    return names.stream().map(ArchitectureTest::packages).toArray(String[]::new);
  }
}
