package dev.tracerl.ops.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VersionListTest {

    @Test
    void consecutiveVersionsAreARange() {
        assertThat(VersionList.of(new TreeSet<>(List.of(0L, 10L, 40L, 41L, 42L))))
                .isEqualTo("0, 10, 40-42");
        assertThat(VersionList.of(new TreeSet<>(List.of(0L, 1L)))).isEqualTo("0-1");
        assertThat(VersionList.of(new TreeSet<>())).isEqualTo("none");
    }
}
