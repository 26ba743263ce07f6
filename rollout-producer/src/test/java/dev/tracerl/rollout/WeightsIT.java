package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers with a tiny random model on a real broker and registry: weights that change under way. */
@ExtendWith(Stack.class)
class WeightsIT {

    private static final ModelConfig MODEL = Specs.model(64);

    private static Connection connection;

    private Workers workers;

    @BeforeAll
    static void connect(Connection stack) {
        connection = stack;
    }

    @BeforeEach
    void open() {
        workers = new Workers(connection);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void newWeightsAreTakenUpInMidRun() {
        // Given
        RunLog log = workers.log("swapped");
        log.publishWeights(MODEL, 0);
        log.request(Specs.training("swapped", 0, "1"));
        workers.startWorker(Specs.run("swapped"));
        workers.awaitTrajectories(log, 3);

        // When
        log.publishWeights(MODEL, 1);
        List<Trajectory> sampled = requestUntil(log, "swapped", 1);

        // Then
        assertThat(sampled)
                .allSatisfy(
                        trajectory -> assertThat(Workers.versions(trajectory)).isSorted());
    }

    @Test
    void adaptersAreMergedIntoTheVersionThatTheyAreFor() {
        // Given
        RunLog log = workers.log("adapted");
        AdapterSettings settings = new AdapterSettings(2, 4, AdapterSettings.candidates(MODEL));
        log.publishWeights(MODEL, 0);
        log.publishAdapters(Adapters.initial(MODEL, settings, 7), 1);
        log.publishAdapters(Adapters.initial(MODEL, settings, 8), 2);

        // When
        workers.startWorker(Specs.run("adapted"));
        log.request(Specs.training("adapted", 0, "1"));
        log.request(Specs.evaluation("adapted", 0, "1", 1));
        List<Trajectory> sampled = workers.awaitTrajectories(log, 6);

        // Then
        assertThat(sampled)
                .allSatisfy(trajectory -> assertThat(Workers.versions(trajectory))
                        .containsOnly(trajectory.getPurpose() == Purpose.EVALUATION ? 1 : 2));
    }

    /** Requests groups until one was sampled by a version, and returns all. */
    private List<Trajectory> requestUntil(RunLog log, String runId, long version) {
        List<Trajectory> sampled = List.of();
        for (long sequence = 1;
                sampled.stream().noneMatch(found -> Workers.versions(found)[0] == version);
                sequence++) {
            log.request(Specs.training(runId, sequence, "1"));
            sampled = workers.awaitTrajectories(log, (int) (3 * (sequence + 1)));
        }
        return sampled;
    }

    @Test
    void aFlippedBitIsRefusedAndTheNextVersionIsTaken() {
        // Given
        RunLog log = workers.log("flipped");
        log.publishWeights(MODEL, 0);
        workers.startWorker(Specs.run("flipped"));
        log.request(Specs.training("flipped", 0, "1"));
        workers.awaitTrajectories(log, 3);

        // When
        log.publishFlippedWeights(MODEL, 1);
        List<DeadLetter> letters = await().atMost(Workers.PATIENCE).until(log::deadLetters, found -> !found.isEmpty());
        log.request(Specs.training("flipped", 1, "1"));
        workers.awaitTrajectories(log, 6);
        log.publishWeights(MODEL, 2);
        List<Trajectory> sampled = requestUntil(log, "flipped", 2);

        // Then
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).getReason()).startsWith("weights flipped@1: sha256 is ");
        assertThat(letters.get(0).getTopic()).isEqualTo("flipped.weight-chunks");
        assertThat(sampled)
                .allSatisfy(
                        trajectory -> assertThat(Workers.versions(trajectory)).doesNotContain(1));
    }

    @Test
    void weightsAreReadFromTheSharedFolderUnlessTheyAreDamaged(@TempDir Path folder) {
        // Given
        try (Workers sharing = new Workers(connection.with(Optional.of(folder)))) {
            RunLog log = sharing.log("filed");
            log.publishFile(MODEL, 0, folder);
            sharing.startWorker(Specs.run("filed"));
            log.request(Specs.training("filed", 0, "1"));
            sharing.awaitTrajectories(log, 3);

            // When
            log.publishFlippedFile(MODEL, 1, folder);
            List<DeadLetter> letters =
                    await().atMost(Workers.PATIENCE).until(log::deadLetters, found -> !found.isEmpty());
            log.request(Specs.training("filed", 1, "1"));
            List<Trajectory> sampled = sharing.awaitTrajectories(log, 6);

            // Then
            assertThat(letters.get(0).getReason()).startsWith("weights filed@1: sha256 is ");
            assertThat(sampled)
                    .allSatisfy(trajectory ->
                            assertThat(Workers.versions(trajectory)).containsOnly(0));
        }
    }

    @Test
    void anEvaluationIsSampledWithItsPinnedVersion() {
        // Given
        RunLog log = workers.log("pinned");
        log.publishWeights(MODEL, 0);
        log.publishWeights(MODEL, 1);
        log.publishWeights(MODEL, 2);
        log.request(Specs.training("pinned", 0, "1"));
        log.request(Specs.evaluation("pinned", 0, "1", 1));

        // When
        workers.startWorker(Specs.run("pinned"));
        List<Trajectory> sampled = workers.awaitTrajectories(log, 6);

        // Then
        assertThat(sampled)
                .allSatisfy(trajectory -> assertThat(Workers.versions(trajectory))
                        .containsOnly(trajectory.getPurpose() == Purpose.EVALUATION ? 1 : 2));
    }
}
