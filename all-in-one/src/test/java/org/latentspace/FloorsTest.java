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
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may import whom, inside every service and between them.
 *
 * <pre>
 *   who \ may import    wire  domain  outlet  Flow  inlet  frameworks
 *   domain               -     yes     -      -      -      -
 *   outlet              yes    yes     -      -      -     yes
 *   Flow                 -     yes    yes     -      -     CDI annotations
 *   inlet               yes    yes   XWire   yes    yes    yes
 *   XStart of a service yes    yes    yes    yes    yes    yes
 * </pre>
 *
 * Everyone may import the networks and their files, {@code org.latentspace.model}, which imports
 * nothing of ours. In training-service each of the rooms data, jobs, fit and versions has these
 * floors, and its packages, all floors together, have no cycle.
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

  /** Parts of training-service that are built like a service each. */
  private static final List<String> ROOMS = List.of("data", "jobs", "fit", "versions");

  private static final Pattern ROOT_NAME =
      Pattern.compile("\\w*(Flow|Config|Readiness|Metrics|Start)");

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
            .that(
                describe(
                    "are not in an inlet, nor the Start of a service",
                    c -> !floor(c).equals("inlet") && !isStartOfService(c)))
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
                describe(
                    "are in an outlet and convert nothing",
                    c -> isOurs(c) && floor(c).equals("outlet") && !isConverter(c))));
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
  @ValueSource(strings = {"audio", "explorer", "vae", "midi"})
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
  void trainingsPackagesHaveNoCycles() {
    slices().matching("org.latentspace.training.(*)..").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.latentspace.training.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.latentspace.training")
        .check(CLASSES);
  }

  @Test
  void trainingsRootHoldsFlowConfigReadinessMetricsAndStartOnly() {
    classes()
        .that()
        .resideInAPackage("org.latentspace.training")
        .should(
            ArchCondition.from(
                describe("be named so", c -> ROOT_NAME.matcher(topLevelName(c)).matches())))
        .check(CLASSES);
  }

  @Test
  void trainingsConvertersToTheWireStandInInletsAndOutlets() {
    classes()
        .that(describe("are converters of training", c -> isOf("training", c) && isConverter(c)))
        .should(
            ArchCondition.from(
                describe("be in an inlet or an outlet", c -> floor(c).endsWith("let"))))
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

  /** The one class that says what happens at the start, so it may begin inlets too. */
  private static boolean isStartOfService(JavaClass c) {
    return isOurs(c)
        && c.getPackageName().split("\\.").length == 3
        && topLevelName(c).endsWith("Start");
  }

  private static boolean isConverter(JavaClass c) {
    return topLevelName(c).endsWith("Wire");
  }

  private static boolean isOurs(JavaClass c) {
    return SERVICES.stream().anyMatch(service -> isOf(service, c));
  }

  private static boolean isOf(String service, JavaClass c) {
    String home = "org.latentspace." + service;
    return c.getPackageName().equals(home) || c.getPackageName().startsWith(home + ".");
  }

  /** "root", "inlet", "outlet" or "domain"; a room of training-service has floors of its own. */
  private static String floor(JavaClass c) {
    List<String> below = List.of(c.getPackageName().split("\\.")).stream().skip(3).toList();
    String last = below.isEmpty() ? "" : below.get(below.size() - 1);
    if (last.equals("inlet") || last.equals("outlet")) {
      return last;
    }
    boolean room = isOf("training", c) && below.size() == 1 && ROOMS.contains(last);
    return below.isEmpty() || (room && ROOT_NAME.matcher(topLevelName(c)).matches())
        ? "root"
        : "domain";
  }

  private static String topLevelName(JavaClass c) {
    String name = c.getName().substring(c.getPackageName().length() + 1);
    return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
  }
}
