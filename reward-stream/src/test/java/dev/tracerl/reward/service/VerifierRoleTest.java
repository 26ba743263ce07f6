package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    void aHostWithoutWhatTheTasksNeedDoesNotJoinWhicheverWayTheyNeedIt() {
        // Given
        VerifierRole role = shipped();

        // When // Then
        String reason =
                "this host cannot judge tasks of run toy, so that it does not join its workers: tasks of kind judge"
                        + " need an endpoint: set TRACERL_JUDGE_URL to its base URL, such as http://127.0.0.1:8000/v1";
        assertThatThrownBy(() -> role.requireAble("toy", Stream.of(task("math"), task("judge"), task("judge"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(reason);
        assertThatThrownBy(() -> role.requireAble("toy", Stream.of(mixed("0.5 exact, 0.5 judge"))))
                .hasMessage(reason);
    }

    @Test
    void whatNoTaskNeedsIsNotAskedFor() {
        // Given
        VerifierRole role = shipped();

        // When // Then
        assertThatCode(() -> role.requireAble("toy", Stream.of(task("math"), task("sudoku"), task("of a plug-in"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> role.requireAble("toy", Stream.of(mixed("0.9 math, 0.1 format"), mixed("nonsense"))))
                .doesNotThrowAnyException();
    }

    @Test
    void tasksOfCodeNeedTheSandboxOfThisHost() {
        // Given
        VerifierRole role = shipped();
        Optional<String> missing = Verifiers.byKind().get("code").unavailable();

        // When
        Throwable refusal = catchThrowable(() -> role.requireAble("toy", Stream.of(task("code"))));

        // Then
        assertThat(refusal == null).isEqualTo(missing.isEmpty());
        missing.ifPresent(reason -> assertThat(refusal).hasMessageEndingWith(reason));
    }

    @Test
    void aMixtureOfWhatTheHostLacksDoesNotMakeItAWorker() {
        // Given
        Map<String, Verifier> shipped = Verifiers.byKind();
        Map<String, Verifier> some = Map.of("weighted", shipped.get("weighted"), "judge", shipped.get("judge"));

        // When // Then
        assertThatThrownBy(() -> VerifierRole.usable(some))
                .hasMessageStartingWith("this host cannot be a verifier: tasks of kind judge need an endpoint");
    }

    @Test
    void aMixtureSaysWhatTheHostLacks() {
        // Given
        Map<String, Verifier> usable = shipped().verifiers();
        TaskInputs mixed = new TaskInputs(
                "t/0", "weighted", "", Map.of("parts", "1 exact, 1 judge", "answer", "4", "model", "grader"));

        // When
        Verdict verdict = usable.get("weighted").verify(mixed, "4");

        // Then
        assertThat(verdict.reason()).startsWith("this worker cannot judge: tasks of kind judge need an endpoint");
    }

    /** With all verifiers that are shipped; the tests have no judge's endpoint. */
    private static VerifierRole shipped() {
        RewardConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(RewardConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(RewardConfig.class);
        return new VerifierRole(
                config, new AvroSerdes("mock://verifier-role"), VerifierRole.usable(Verifiers.byKind()));
    }

    private static Task task(String kind) {
        Task task = Records.task("toy-train", 0);
        task.setKind(kind);
        return task;
    }

    private static Task mixed(String parts) {
        Task task = task("weighted");
        task.setInputs(Map.of("parts", parts, "answer", "4", "model", "grader", "format", "boxed"));
        return task;
    }

    @Test
    void aWorkerThatCouldJudgeNothingRefusesToStart() {
        // When // Then
        assertThatThrownBy(() -> VerifierRole.usable(Map.of("code", new Slow("code", Optional.of("bwrap is missing")))))
                .hasMessage("this host cannot be a verifier: bwrap is missing");
    }
}
