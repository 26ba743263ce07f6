package dev.tracerl.schemas.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationHashTest {

    private static final String CANONICAL =
            "{\"groups\":{\"groupsPerStep\":4,\"samplesPerGroup\":8},\"loss\":{},\"method\":\"TRACERL\","
                    + "\"model\":{\"config\":\"{\\\"a\\\":\\u000a1}\",\"initial\":{\"seed\":7,\"source\":\"RANDOM\"},"
                    + "\"tokenizer\":\"{}\"},\"optimizer\":{\"learningRate\":0x1.3a92a30553261p-12},"
                    + "\"sampler\":{\"blockSize\":4,\"maxTokens\":20,\"stepsPerBlock\":4,\"unmasking\":\"STATIC\"},"
                    + "\"seed\":1,\"stop\":{\"maxSteps\":5},\"tasks\":[{\"count\":10,\"set\":\"train\"}],\"weights\":{}}";

    @Test
    void onlyWhatDiffersFromTheDefaultsCounts() {
        assertThat(ConfigurationHash.canonical(run().build())).isEqualTo(CANONICAL);
    }

    @Test
    void theHashIsStable() {
        assertThat(ConfigurationHash.of(run().build()))
                .isEqualTo("4fcb6a2447e63df2e2589c39640fc9ae0d2e9c97dbe3172383825b4bfe98b933");
    }

    @Test
    void namesTimesAndLineageDoNotCount() {
        // Given
        RunSpec other = run().setRunId("other")
                .setCreatedAt(Instant.now())
                .setDescription("another")
                .setParent("base@3")
                .setFork(new Fork("base", 3L, "00", List.of("seed=1")))
                .build();

        // Then
        assertThat(ConfigurationHash.of(other)).isEqualTo(ConfigurationHash.of(run().build()));
    }

    @Test
    void everySettingCounts() {
        // Given
        RunSpec otherSeed = run().setSeed(2).build();
        RunSpec otherLag = run().build();
        otherLag.getGroups().setMaxLag(0);

        // Then
        assertThat(List.of(run().build(), otherSeed, otherLag))
                .extracting(ConfigurationHash::of)
                .doesNotHaveDuplicates();
    }

    private static RunSpec.Builder run() {
        return RunSpec.newBuilder()
                .setRunId("run")
                .setMethod(Method.TRACERL)
                .setSeed(1)
                .setModel(ModelSpec.newBuilder()
                        .setConfig("{\"a\":\n1}")
                        .setTokenizer("{}")
                        .setInitial(InitialWeights.newBuilder()
                                .setSource(WeightSource.RANDOM)
                                .setSeed(7)
                                .build())
                        .build())
                .setTasks(List.of(
                        TaskSet.newBuilder().setSet("train").setCount(10).build()))
                .setSampler(SamplerSpec.newBuilder()
                        .setBlockSize(4)
                        .setStepsPerBlock(4)
                        .setUnmasking(Unmasking.STATIC)
                        .setMaxTokens(20)
                        .build())
                .setGroups(GroupSpec.newBuilder()
                        .setGroupsPerStep(4)
                        .setSamplesPerGroup(8)
                        .build())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(3e-4).build())
                .setStop(StopRule.newBuilder().setMaxSteps(5).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.EPOCH);
    }
}
