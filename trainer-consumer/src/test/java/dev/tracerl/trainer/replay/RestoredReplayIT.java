package dev.tracerl.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervised run that was restored under another name, whose trainer states and steps name places of the first log. */
class RestoredReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int STEPS = 5;
    private static final int DEMONSTRATIONS = 5; // fewer than three steps use
    private static final int FIRST = 1; // offset of the first one

    private final LocalLog log = LocalLog.shared();
    private final Recorder recorder = new Recorder();
    private final RunTopics first = log.createRun("moved-sft");
    private final RunTopics copy = log.createRun("moved-copy");

    @Test
    void demonstrationsAreFoundFromTheStartAndFromAStateOfTheFirstRun(@TempDir Path dataDir) {
        // Given
        train(dataDir);
        restore();

        // When
        replay(0);
        replay(4);

        // Then
        Map<Long, String> versions = new HashMap<>();
        log.read(first.weightsHistory()).forEach(manifest -> versions.put(manifest.getVersion(), manifest.getSha256()));
        versions.remove(0L);
        assertThat(recorder.starts()).containsExactly(0L, 4L);
        assertThat(recorder.trained()).containsExactly(1L, 2L, 3L, 4L, 5L, 5L);
        assertThat(recorder.same()).hasSize(STEPS).isEqualTo(versions);
    }

    private void train(Path dataDir) {
        RunSpec run = run("moved-sft");
        log.send(Topics.RUNS, "moved-sft", run);
        for (int i = 0; i < FIRST + DEMONSTRATIONS; i++) {
            log.send(first.demonstrations(), "demo-" + i, TestRecords.demonstration("moved-sft", i));
        }
        log.deleteBefore(first.demonstrations(), FIRST);
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir)) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> log.read(first.trainSteps()).size() == STEPS);
        }
    }

    private void restore() {
        log.send(Topics.RUNS, "moved-copy", run("moved-copy"));
        List<Trajectory> demonstrations = log.read(first.demonstrations());
        for (int i = 0; i < demonstrations.size(); i++) {
            log.restore(copy.demonstrations(), "demo-" + i, demonstrations.get(i), FIRST + i);
        }
        for (TrainStep step : log.read(first.trainSteps())) {
            step.setRunId("moved-copy");
            step.getInputs()
                    .forEach(input -> input.setTopic(copy.demonstrations().name()));
            log.send(copy.trainSteps(), "moved-copy", step);
        }
        log.read(first.weightsHistory()).forEach(manifest -> log.send(copy.weightsHistory(), "moved-copy", manifest));
        restoreStates();
    }

    private void restoreStates() {
        Map<Long, Long> places = new HashMap<>(); // of first chunks by step
        long next = 0;
        for (WeightChunk chunk : log.read(first.trainerStateChunks())) {
            places.putIfAbsent(chunk.getVersion(), next++);
            log.send(copy.trainerStateChunks(), Ids.chunk(chunk.getVersion(), chunk.getIndex()), chunk);
        }
        TopicReader.latest(log.connection(), log.serdes(), first.trainerStates())
                .forEach((key, state) -> {
                    state.setRunId("moved-copy");
                    state.setLocation("0:" + places.get(state.getStep()));
                    log.send(copy.trainerStates(), key, state);
                });
    }

    private void replay(long from) {
        var difference = new Replay(log.connection(), log.serdes(), new Device("cpu", 1), new StopSignal(), recorder)
                .run(new ReplayRequest("moved-copy", from, STEPS));
        assertThat(difference).isEmpty();
    }

    private static RunSpec run(String runId) {
        return TestRuns.run(runId, Method.SFT)
                .setStop(StopRule.newBuilder().setMaxSteps(STEPS).build())
                .setWeights(WeightPlan.newBuilder().setStateEverySteps(2).build())
                .build();
    }
}
