package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.InitialParameters;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path dataDir;

    private final LocalLog log = LocalLog.shared();

    @Test
    void versionsAreAdaptersOfTheFirstAndARestartChangesNothing() {
        // Given
        RunTopics topics = log.createRun("adapters");
        RunTopics straight = log.createRun("adapters-straight");
        groups(topics, "adapters", 0, 3);
        groups(straight, "adapters-straight", 0, 8);

        // When
        train(run("adapters"), topics, 1);
        groups(topics, "adapters", 3, 8);
        train(run("adapters"), topics, 4);
        train(run("adapters-straight"), straight, 4);

        // Then
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(manifests)
                .extracting(WeightManifest::getKind)
                .containsExactly(
                        WeightKind.FULL,
                        WeightKind.ADAPTER,
                        WeightKind.ADAPTER,
                        WeightKind.ADAPTER,
                        WeightKind.ADAPTER);
        assertThat(manifests).extracting(WeightManifest::getBaseVersion).containsExactly(null, 0L, 0L, 0L, 0L);
        assertThat(manifests.get(4).getSize()).isLessThan(manifests.get(0).getSize() / 4);
        assertThat(manifests.get(4).getSha256())
                .isEqualTo(log.read(straight.weightsHistory()).get(4).getSha256());
    }

    @Test
    void aRunFromAnAdapterStartsFromTheMergedWeights() {
        // Given
        RunTopics topics = log.createRun("adapter-parent");
        groups(topics, "adapter-parent", 0, 8);
        train(run("adapter-parent"), topics, 4);
        log.send(Topics.RUNS, "adapter-parent", run("adapter-parent"));
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        Parameters base = Parameters.read(TensorBytes.of(bytes(manifests.get(0))), TestRuns.MODEL);
        Parameters merged = Adapters.read(TensorBytes.of(bytes(manifests.get(3))), TestRuns.MODEL)
                .mergeInto(base);

        // When
        byte[] first = initial("adapter-parent", 3);

        // Then
        assertThat(first)
                .isEqualTo(merged.toSafetensors().toArray())
                .isNotEqualTo(base.toSafetensors().toArray());
    }

    @Test
    void adaptersThatAreCorruptOrLackTheirBaseAreRefused() {
        // Given
        RunTopics topics = log.createRun("adapter-broken");
        groups(topics, "adapter-broken", 0, 2);
        train(run("adapter-broken"), topics, 1);
        log.send(Topics.RUNS, "adapter-broken", run("adapter-broken"));
        WeightManifest good = log.read(topics.weightsHistory()).get(1);

        // When
        log.send(
                topics.weightsHistory(),
                "adapter-broken",
                copy(good, 5).setBaseVersion(9L).build());
        log.send(
                topics.weightsHistory(),
                "adapter-broken",
                copy(good, 6).setBaseVersion(1L).build());
        log.send(
                topics.weightsHistory(),
                "adapter-broken",
                copy(good, 1).setSha256("0").build());

        // Then
        refused(5, "model.initial: run adapter-broken has not published version 9");
        refused(6, "model.initial: weights adapter-broken@6: its base, version 1, is not FULL but ADAPTER");
        refused(1, "model.initial: weights adapter-broken@1: sha256 is " + good.getSha256());
    }

    @Test
    void withoutItsBaseOnTheLogATrainerRefusesToGoOn() {
        // Given
        log.createRun("adapter-baseless");
        InitialParameters parameters = new InitialParameters(log.connection(), log.serdes());

        // Then
        assertThatThrownBy(() -> parameters.base("adapter-baseless", TestRuns.MODEL))
                .isInstanceOf(RefusedRunException.class)
                .hasMessage(
                        "version 0 of the run cannot be read back: run adapter-baseless has not published version 0");
    }

    private void refused(long version, String reason) {
        assertThatThrownBy(() -> initial("adapter-broken", version))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageStartingWith(reason);
    }

    private byte[] initial(String parent, long version) {
        RunSpec fork = run("fork");
        fork.getModel()
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.RUN)
                        .setRunId(parent)
                        .setVersion(version)
                        .build());
        return new InitialParameters(log.connection(), log.serdes())
                .read(Planner.plan(fork).model())
                .toArray();
    }

    /** The announcement of the same chunks as another version of the same bytes would be. */
    private static WeightManifest.Builder copy(WeightManifest manifest, long version) {
        return WeightManifest.newBuilder(manifest).setVersion(version);
    }

    private static RunSpec run(String runId) {
        RunSpec run = TestRuns.run(runId, Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(8).build())
                .build();
        run.getModel()
                .setLora(LoraSpec.newBuilder()
                        .setRank(1)
                        .setAlpha(2)
                        .setTargets(List.of(".*q_proj.*"))
                        .build());
        return run;
    }

    private void train(RunSpec run, RunTopics topics, int untilStep) {
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() == untilStep);
        }
    }

    private void groups(RunTopics topics, String runId, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            TrainingGroup group = TestRecords.group(runId, sequence, 0);
            log.send(topics.trainingGroups(), group.getGroupId(), group);
        }
    }

    private byte[] bytes(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(log.connection(), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }
}
