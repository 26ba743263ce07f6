package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.KafkaWeightReader;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftRunIT {

    @TempDir
    Path dataDir;

    @Test
    void demonstrationsBecomeStepsAndReadableVersions() {
        try (LocalLog log = new LocalLog()) {
            // Given
            RunSpec run = TestRuns.run("sft", Method.SFT)
                    .setStop(StopRule.newBuilder().setMaxSteps(40).build())
                    .build();
            RunTopics topics = log.createRun("sft");
            for (int i = 0; i < 10; i++) {
                log.send(topics.demonstrations(), "repeat/" + i, TestRecords.demonstration("sft", i));
            }

            // When
            try (RunningTrainer trainer = start(log, run)) {
                assertThat(trainer).isNotNull();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> log.read(topics.trainSteps()).size() == 40);
            }

            // Then
            List<TrainStep> steps = log.read(topics.trainSteps());
            assertThat(steps)
                    .extracting(TrainStep::getStep)
                    .startsWith(1L, 2L, 3L)
                    .endsWith(39L, 40L);
            assertThat(steps.get(39).getLoss()).isLessThan(0.5 * steps.get(0).getLoss());
            List<WeightManifest> manifests = log.read(topics.weightsHistory());
            assertThat(manifests).hasSize(41);
            try (KafkaWeightReader reader =
                    new KafkaWeightReader(log.connection().clientSettings(), log.serdes())) {
                byte[] bytes = reader.read(manifests.get(40));
                assertThat(Parameters.read(bytes, TestRuns.MODEL).count()).isPositive();
            }
        }
    }

    private RunningTrainer start(LocalLog log, RunSpec run) {
        Environment.Machine machine = new Environment.Machine(new ModelLearner.Device("cpu", 1), dataDir, 2);
        return new RunningTrainer(
                run,
                new Environment(log.connection(), log.serdes(), machine, new SimpleMeterRegistry(), Clock.systemUTC()),
                new Condition());
    }
}
