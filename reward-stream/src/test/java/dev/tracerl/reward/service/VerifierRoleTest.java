package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierRoleTest {

    private static final TaskInputs TASK = new TaskInputs("t/0", "code", "", Map.of());

    private record Slow(String kind, Optional<String> unavailable) implements Verifier {
        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean isInline() {
            return false;
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            return Optional.empty();
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            return new Verdict.Correct(1);
        }
    }

    @Test
    void aWorkerJudgesWhatItCanAndSaysWhatItCannot() {
        // When
        Map<String, Verifier> usable = VerifierRole.usable(Map.of(
                "code", new Slow("code", Optional.of("bwrap is missing")), "math", new Slow("math", Optional.empty())));

        // Then
        assertThat(usable.get("math").verify(TASK, "")).isEqualTo(new Verdict.Correct(1));
        assertThat(usable.get("code").verify(TASK, ""))
                .isEqualTo(new Verdict.Failed("this worker cannot judge: bwrap is missing", 0));
    }

    @Test
    void aWorkerThatCouldJudgeNothingRefusesToStart() {
        // When // Then
        assertThatThrownBy(() -> VerifierRole.usable(Map.of("code", new Slow("code", Optional.of("bwrap is missing")))))
                .hasMessage("this host cannot be a verifier: bwrap is missing");
    }
}
