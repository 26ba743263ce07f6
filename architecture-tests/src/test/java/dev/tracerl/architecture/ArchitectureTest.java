package dev.tracerl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.tracerl";
    private static final List<String> MODULES =
            List.of("schemas", "core", "model", "verifiers", "broker", "rollout", "reward", "trainer", "ops");

    private static final JavaClasses OURS = new ClassFileImporter()
            .importPackages(MODULES.stream().map(module -> ROOT + "." + module).toList());

    static Stream<Wall> walls() {
        return Walls.all().stream();
    }

    static Stream<String> modules() {
        return MODULES.stream();
    }

    @ParameterizedTest
    @MethodSource("walls")
    void theCodeKeepsBehindEveryWall(Wall wall) {
        wall.of(ROOT).allowEmptyShould(true).check(OURS);
    }

    /** A rule that has never been seen to fail proves nothing. */
    @ParameterizedTest
    @MethodSource("walls")
    void everyWallStopsItsFixture(Wall wall) {
        JavaClasses fixture = new ClassFileImporter().importPackages(wall.fixture());

        assertThatThrownBy(() -> wall.of(wall.fixture()).check(fixture))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Architecture Violation");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsScanned(String module) {
        assertThat(OURS.stream().map(JavaClass::getPackageName))
                .anyMatch(name -> (name + ".").startsWith(ROOT + "." + module + "."));
    }

    @Test
    void enoughClassesAreScanned() {
        assertThat(OURS.size()).isGreaterThan(300);
    }
}
