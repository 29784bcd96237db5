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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 *   inlet                  yes      yes    yes    yes    yes    yes      yes
 *   Start of a service     yes      yes    yes    yes    yes    yes      yes
 * </pre>
 *
 * The package {@code wire} of a service holds what inlet and outlet share: converters of messages,
 * counters, the way of echoes. A root holds only what is called Flow, Config, Metrics, Readiness or
 * Start; in training-service each of the rooms data, jobs, fit and versions has these floors.
 *
 * <p>What an inlet asks of an outlet alone, such as what it stores, needs no Flow between them.
 *
 * <p>Everyone may import {@code model} and {@code installation}; {@code kept}, {@code osc}, {@code
 * rtpmidi}, {@code mididevices} and {@code link} are wire.
 */
class FloorsTest {
  private static final List<String> SERVICES =
      List.of("audio", "feature", "explorer", "vae", "midi", "training");

  /** Parts of training-service that are built like a service each. */
  private static final List<String> ROOMS = List.of("data", "jobs", "fit", "versions");

  private static final Pattern ROOT_NAME =
      Pattern.compile("\\w*(Flow|Config|Readiness|Metrics|Start)|package-info");

  private static final String[] WIRE = {
    "org.latentspace.[proto|wire|kept|osc|rtpmidi|mididevices|link]..",
    "io.grpc..",
    "com.google.protobuf.."
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

  private static final JavaClasses CLASSES = classesOf(SERVICES.toArray(new String[0]));

  private static JavaClasses classesOf(String... names) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages(Stream.of(names).map(name -> "org.latentspace." + name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void theDomainKnowsNeitherWireNorFrameworkNorWhoCallsIt(String service) {
    check(
        noClasses()
            .that(are(service, "domain"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WIRE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS)
            .orShould()
            .dependOnClassesThat(are(service, "root", "inlet", "outlet", "wire")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi"})
  void theDomainReadsNoFilesAndNoJson(String service) {
    check(
        noClasses()
            .that(are(service, "domain"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "com.fasterxml.jackson.."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void nobodyImportsAnInletAndOutletAndWireKnowNobodyAbove(String service) {
    check(
        noClasses()
            .that(are(service, "domain", "wire", "outlet", "root"))
            .and(describe("are not the Start of a service", c -> !isStartOfService(c)))
            .should()
            .dependOnClassesThat(are(service, "inlet")));
    check(
        noClasses()
            .that(are(service, "outlet"))
            .should()
            .dependOnClassesThat(describe("are a Flow", FloorsTest::isFlow)));
    check(
        noClasses()
            .that(are(service, "wire"))
            .should()
            .dependOnClassesThat(
                are(service, "root", "inlet", "outlet")
                    .and(describe("are no Config", c -> !topLevelName(c).endsWith("Config")))));
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
  void theRootHoldsFlowConfigReadinessMetricsAndStartOnly(String service) {
    check(
        classes()
            .that(describe("are in the root", c -> isOf(service, c) && below(c).isEmpty()))
            .should(
                ArchCondition.from(
                    describe("be named so", c -> ROOT_NAME.matcher(topLevelName(c)).matches()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void convertersStandOutsideOfDomainAndRoot(String service) {
    check(
        noClasses().that(are(service, "domain", "root")).should().haveSimpleNameEndingWith("Wire"));
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

  @ParameterizedTest
  @CsvSource({
    "model, com.fasterxml.jackson..",
    "link, java..",
    "osc, com.google.protobuf..|org.jboss.logging..",
    "rtpmidi, java..",
    "mididevices, javax.sound.midi..",
    "installation, org.latentspace.performer..|org.latentspace.wire..|com.fasterxml.jackson..|"
        + "io.smallrye.config..|io.quarkus..",
    "kept, org.latentspace.wire..|org.latentspace.storage..|org.apache.kafka..|org.jboss.logging..|"
        + "io.micrometer..|io.smallrye.config..|io.quarkus..|jakarta..|org.eclipse.microprofile.."
  })
  void aLibraryKnowsJavaAndItsOwnFrameworksOnly(String library, String others) {
    String own = "org.latentspace." + library + "..";
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage((own + "|java..|" + others).split("\\|"))
        .check(classesOf(library));
  }

  @Test
  void theContractAndTheKitKnowNoLibraryOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage(
            "org.latentspace.[kept|osc|rtpmidi|mididevices|link|model|installation]..")
        .check(classesOf("wire"));
  }

  /** A Config is what the others are told, and the Start calls all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"audio", "feature", "explorer", "vae", "midi", "training"})
  void noPackagesFormACycle(String service) {
    slices()
        .assignedFrom(new Packages(service))
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            describe("are anything", c -> true),
            describe("are a Config", c -> topLevelName(c).endsWith("Config")))
        .ignoreDependency(
            describe("are a Start", FloorsTest::isStartOfService), describe("any", c -> true))
        .check(CLASSES);
  }

  @Test
  void everyServiceHasAFlowAndADomain() {
    for (String service : SERVICES) {
      assertFalse(CLASSES.that(are(service, "domain")).isEmpty(), service + " has no domain class");
    }
  }

  /** Each package of a service is a slice; of training-service each room. */
  private record Packages(String service) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass c) {
      if (!isOf(service, c)) {
        return SliceIdentifier.ignore();
      }
      return service.equals("training")
          ? SliceIdentifier.of(below(c).isEmpty() ? "" : below(c).get(0))
          : SliceIdentifier.of(c.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages of " + service;
    }
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> are(String service, String... floors) {
    Set<String> those = Set.of(floors);
    return describe(
        "are of " + service + " in " + List.of(floors),
        c -> isOf(service, c) && those.contains(floor(c)));
  }

  private static boolean isFlow(JavaClass c) {
    return isOurs(c) && floor(c).equals("root") && topLevelName(c).endsWith("Flow");
  }

  /** The one class that says what happens at the start, so it may begin inlets too. */
  private static boolean isStartOfService(JavaClass c) {
    return isOurs(c) && below(c).isEmpty() && topLevelName(c).endsWith("Start");
  }

  private static boolean isOurs(JavaClass c) {
    return SERVICES.stream().anyMatch(service -> isOf(service, c));
  }

  private static boolean isOf(String service, JavaClass c) {
    String home = "org.latentspace." + service;
    return c.getPackageName().equals(home) || c.getPackageName().startsWith(home + ".");
  }

  /** Packages below the service's. */
  private static List<String> below(JavaClass c) {
    return List.of(c.getPackageName().split("\\.")).stream().skip(3).toList();
  }

  /** "root", "inlet", "outlet", "wire" or "domain". */
  private static String floor(JavaClass c) {
    List<String> below = below(c);
    String last = below.isEmpty() ? "" : below.get(below.size() - 1);
    if (Set.of("inlet", "outlet", "wire").contains(last)) {
      return last;
    }
    boolean room = isOf("training", c) && below.size() == 1 && ROOMS.contains(last);
    return below.isEmpty() || (room && ROOT_NAME.matcher(topLevelName(c)).matches())
        ? "root"
        : "domain";
  }

  private static String topLevelName(JavaClass c) {
    String name = c.getName().substring(c.getName().lastIndexOf('.') + 1);
    return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
  }
}
