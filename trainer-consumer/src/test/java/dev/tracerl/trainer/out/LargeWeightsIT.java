package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.support.LocalLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A model of 2.4 GB through each store. Takes minutes, 6 GB of memory and 8 GB of disk, and therefore runs on demand:
 *
 * <pre>
 *   ./mvnw verify -pl trainer-consumer -am -Dsurefire.skip -Dit.test=LargeWeightsIT -Dfailsafe.failIfNoSpecifiedTests=false
 *       -Dtracerl.large=true -Dtest.jvm.args=-XX:MaxDirectMemorySize=6g
 * </pre>
 */
@EnabledIfSystemProperty(named = "tracerl.large", matches = "true", disabledReason = "takes minutes and 6 GB of memory")
class LargeWeightsIT {

    /** 0.6 billion parameters: embedding and head of 300 million each, and one small layer. */
    private static final ModelConfig MODEL = ModelConfig.fromJson("""
            {"model_type": "sdar", "vocab_size": 150000, "hidden_size": 2000, "intermediate_size": 64,
             "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8,
             "mask_token_id": 1, "eos_token_id": 2, "block_size": 4}
            """);

    private final LocalLog log = LocalLog.shared();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"KAFKA", "FILE"})
    void weightsAboveTwoGibibytesComeBackAsTheyWere(StoreKind store) {
        // Given
        String runId = "large-" + store.name().toLowerCase(Locale.ROOT);
        Connection connection = log.connection().with(Optional.of(folder));
        log.createRun(runId);
        String sha256 = publish(runId, connection, store);
        WeightManifest manifest = log.read(RunTopics.of(runId).weightsHistory()).get(0);

        // When
        Parameters back;
        try (WeightReader reader = new StoredWeights(connection, log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            back = Parameters.read(Safetensors.tensors(bytes), MODEL);
        }

        // Then
        assertThat(manifest.getSize()).isGreaterThan(Integer.MAX_VALUE);
        assertThat(Safetensors.of(back.toSafetensors()).sha256())
                .isEqualTo(manifest.getSha256())
                .isEqualTo(sha256);
    }

    /** Returns the checksum; the parameters can be freed then. */
    private String publish(String runId, Connection connection, StoreKind store) {
        WeightBytes bytes = Safetensors.of(Parameters.random(MODEL, 1).toSafetensors());
        WeightPlan plan = WeightPlan.newBuilder().setStore(store).build();
        try (TrainerLog trainer = new KafkaTrainerLog(
                connection, log.serdes(), new LogSettings(runId, runId, plan, bytes.size()), Clock.systemUTC())) {
            trainer.fence();
            trainer.publish(
                    new Publication(0, Outputs.INITIAL, bytes, OptionalLong.empty(), List.of(), Optional.empty()));
        }
        return bytes.sha256();
    }
}
