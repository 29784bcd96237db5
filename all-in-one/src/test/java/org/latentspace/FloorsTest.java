package org.latentspace;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may import whom, inside every service and between them.
 *
 * <pre>
 *   who \ may import    contract  domain  wire  outlet  Flow  inlet  frameworks
 *   domain                  -       yes     -      -      -      -        -
 *   wire                   yes      yes    yes     -      -      -       yes
 *   outlet                 yes      yes    yes    yes     -      -       yes
 *   Flow                    -       yes    yes    yes    yes     -     CDI annotations
 *   inlet                  yes      yes    yes     -     yes    yes      yes
 * </pre>
 *
 * The package {@code wire} of a service holds what inlet and outlet share: converters of messages,
 * counters, the way of echoes. A service's root holds only its Flows, Config, Metrics, Readiness
 * and Start.
 *
 * <p>Everyone may import the networks and their files, {@code org.latentspace.model}, which imports
 * nothing of ours.
 */
class FloorsTest {
  private static final List<String> SERVICES =
      List.of("audio", "feature", "explorer", "vae", "midi", "training");
  private static final String[] WIRE = {
    "org.latentspace.proto..", "org.latentspace.wire..", "io.grpc..", "com.google.protobuf.."
  };
  private static final String[] FRAMEWORKS = {
    "io.quarkus..",
    "io.smallrye..",
    "io.vertx..",
    "io.micrometer..",
    "jakarta..",
    "org.eclipse.microprofile..",
    "org.apache.kafka.."
  };

  private static final String MODEL = "org.latentspace.model..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(SERVICES.stream().map(s -> "org.latentspace." + s).toList());

  private static final JavaClasses MODEL_CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.latentspace.model");

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void theDomainKnowsNeitherWireNorFrameworkNorWhoCallsIt(String service) {
    check(
        noClasses()
            .that(domainOf(service))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WIRE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS)
            .orShould()
            .dependOnClassesThat(upstairsOf(service)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void nobodyImportsAnInletAndAnOutletKnowsNoFlow(String service) {
    check(
        noClasses()
            .that(describe("are not in an inlet", c -> !floor(c).equals("inlet")))
            .and(describe("are of " + service, c -> isOf(service, c)))
            .should()
            .dependOnClassesThat(
                describe("are in an inlet", c -> isOurs(c) && floor(c).equals("inlet"))));
    check(
        noClasses()
            .that(describe("are outlets", c -> isOf(service, c) && floor(c).equals("outlet")))
            .should()
            .dependOnClassesThat(describe("are a Flow", FloorsTest::isFlow)));
    check(
        noClasses()
            .that(describe("are inlets", c -> isOf(service, c) && floor(c).equals("inlet")))
            .should()
            .dependOnClassesThat(
                describe("are in an outlet", c -> isOurs(c) && floor(c).equals("outlet"))));
    check(
        noClasses()
            .that(describe("are in wire", c -> isOf(service, c) && floor(c).equals("wire")))
            .should()
            .dependOnClassesThat(
                describe(
                    "are above it",
                    c -> isOurs(c) && Set.of("root", "inlet", "outlet").contains(floor(c)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"feature", "explorer"})
  void theRootHoldsOnlyWhatStartsAndLeadsTheService(String service) {
    check(
        classes()
            .that(
                describe(
                    "are in the root of " + service,
                    c ->
                        isOf(service, c)
                            && floor(c).equals("root")
                            && c.getEnclosingClass().isEmpty()))
            .should()
            .haveNameMatching(".*(Flow|Config|Metrics|Readiness|Start|package-info)"));
    check(
        noClasses()
            .that(describe("are not a root of " + service, c -> !floor(c).equals("root")))
            .and(describe("are an outlet", c -> isOf(service, c) && floor(c).equals("outlet")))
            .should()
            .dependOnClassesThat(describe("are in the root", c -> isOurs(c) && isRoot(c))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"feature", "explorer"})
  void theDomainKnowsNeitherFilesNorJson(String service) {
    check(
        noClasses()
            .that(domainOf(service))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "com.fasterxml.jackson.."));
  }

  @Test
  void aFlowSpeaksDomainWordsOnly() {
    check(
        noClasses()
            .that(describe("are a Flow", FloorsTest::isFlow))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WIRE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye.mutiny.."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void noServiceImportsAnother(String service) {
    check(
        noClasses()
            .that(describe("are of " + service, c -> isOf(service, c)))
            .should()
            .dependOnClassesThat(
                describe("are of another service", c -> isOurs(c) && !isOf(service, c))));
  }

  @Test
  void theModelModuleKnowsJavaAndJacksonOnly() {
    classes()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(MODEL, "java..", "com.fasterxml.jackson..")
        .check(MODEL_CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi"})
  void theDomainsPackagesHaveNoCycles(String service) {
    slices()
        .matching("org.latentspace." + service + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            describe("are above the domain", c -> !floor(c).equals("domain")),
            describe("are anything", c -> true))
        .check(CLASSES);
  }

  @Test
  void everyServiceHasAFlowAndADomain() {
    for (String service : SERVICES) {
      assertFalse(CLASSES.that(domainOf(service)).isEmpty(), service + " has no domain class");
    }
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> domainOf(String service) {
    return describe(
        "are in the domain of " + service, c -> isOf(service, c) && floor(c).equals("domain"));
  }

  private static DescribedPredicate<JavaClass> upstairsOf(String service) {
    return describe(
        "are above the domain of " + service, c -> isOf(service, c) && !floor(c).equals("domain"));
  }

  private static boolean isFlow(JavaClass c) {
    return isOurs(c) && floor(c).equals("root") && c.getSimpleName().endsWith("Flow");
  }

  private static boolean isOurs(JavaClass c) {
    return SERVICES.stream().anyMatch(service -> isOf(service, c));
  }

  private static boolean isOf(String service, JavaClass c) {
    String home = "org.latentspace." + service;
    return c.getPackageName().equals(home) || c.getPackageName().startsWith(home + ".");
  }

  private static boolean isRoot(JavaClass c) {
    return floor(c).equals("root") && !c.getName().contains("Config");
  }

  /** "root", "inlet", "outlet", "wire" or "domain". */
  private static String floor(JavaClass c) {
    String[] parts = c.getPackageName().split("\\.");
    if (parts.length <= 3) {
      return "root";
    }
    return Set.of("inlet", "outlet", "wire").contains(parts[3]) ? parts[3] : "domain";
  }
}
