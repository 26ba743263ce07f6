package dev.tracerl.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** All walls, in the order of the data's flow. */
final class Walls {
    private Walls() {}

    static List<Wall> all() {
        return List.of(
                new Wall("purecore", Walls::coreKnowsTheJdkOnly),
                new Wall("deterministiccore", Walls::coreReadsNoClockAndDrawsNoUnseededNumber),
                new Wall("puremodel", Walls::modelKnowsNeitherKafkaNorQuarkus),
                new Wall("tensors", Walls::onlyModelKnowsTensors),
                new Wall("contract", Walls::algorithmAndNetworkDoNotKnowTheWire),
                new Wall("strangers", Walls::servicesDoNotKnowEachOther),
                new Wall("catalogue", Walls::topicsAreNamedInTheCatalogue),
                new Wall("cycles", Walls::packagesHaveNoCycles),
                new Wall("nulls", Walls::packagesAreNullMarked),
                new Wall("streams", Walls::onlyTheCommandLinePrints),
                new Wall("injection", Walls::nothingIsInjectedIntoFields));
    }

    private static ArchRule coreKnowsTheJdkOnly(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", root + ".core..");
    }

    private static ArchRule coreReadsNoClockAndDrawsNoUnseededNumber(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".core..")
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime");
    }

    private static ArchRule modelKnowsNeitherKafkaNorQuarkus(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..", root + ".schemas..");
    }

    private static ArchRule onlyModelKnowsTensors(String root) {
        return noClasses()
                .that(resideOutsideOfPackages(root + ".model..", root + ".benchmarks.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..");
    }

    private static ArchRule algorithmAndNetworkDoNotKnowTheWire(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + ".core..", root + ".model..", root + ".verifiers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".schemas..", "org.apache.avro..");
    }

    private static ArchRule servicesDoNotKnowEachOther(String root) {
        return slices().matching(root + ".(rollout|reward|trainer|ops)..")
                .should()
                .notDependOnEachOther();
    }

    private static ArchRule topicsAreNamedInTheCatalogue(String root) {
        return noClasses()
                .that(not(simpleNameEndingWith("Topics").and(resideInAnyPackage(root + ".schemas"))))
                .should()
                .callConstructorWhere(Calls.constructorOf(root + ".schemas.Topic"));
    }

    private static ArchRule packagesHaveNoCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private static ArchRule packagesAreNullMarked(String root) {
        return classes()
                .that()
                .resideOutsideOfPackage(root + ".schemas.avro..")
                .should(new ResideInNullMarkedPackage());
    }

    private static ArchRule onlyTheCommandLinePrints(String root) {
        return noClasses()
                .that(resideOutsideOfPackages(root + ".ops..", root + ".benchmarks.."))
                .should(ACCESS_STANDARD_STREAMS);
    }

    private static ArchRule nothingIsInjectedIntoFields(String root) {
        return noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty");
    }
}
