package dev.tracerl.trainer.in;

import dev.tracerl.model.network.Checkpoint;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.KafkaWeightReader;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.trainer.plan.ModelPlan;
import dev.tracerl.trainer.plan.RefusedRunException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gets the first weights of a run: random ones, a checkpoint's, or another run's.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 */
public record InitialParameters(Connection connection, AvroSerdes serdes) {

    /**
     * The weights as a safetensors file.
     *
     * @throws RefusedRunException if they do not exist or do not fit the model, with the reason
     */
    public byte[] read(ModelPlan model) {
        try {
            Parameters parameters = parameters(model.initial(), model.config());
            model.trainable()
                    .check(parameters.tensors().stream().map(NamedTensor::name).toList());
            return parameters.toSafetensors();
        } catch (CheckpointException | CorruptWeightsException | MissingWeightsException e) {
            throw new RefusedRunException("model.initial: " + e.getMessage(), e);
        }
    }

    private Parameters parameters(InitialWeights initial, ModelConfig config) {
        return switch (initial.getSource()) {
            case RANDOM -> Parameters.random(config, initial.getSeed());
            case CHECKPOINT -> Checkpoint.read(Path.of(Objects.requireNonNull(initial.getPath())), config);
            case RUN ->
                Parameters.read(bytes(Objects.requireNonNull(initial.getRunId()), initial.getVersion()), config);
        };
    }

    private byte[] bytes(String runId, @Nullable Long version) {
        if (!TopicReader.latest(connection, serdes, Topics.RUNS).containsKey(runId)) {
            throw new RefusedRunException("model.initial: there is no run " + runId);
        }
        long wanted = version == null ? finalVersion(runId) : version;
        Map<Long, WeightManifest> manifests = new HashMap<>();
        TopicReader.each(
                connection,
                serdes,
                RunTopics.of(runId).weightsHistory(),
                (key, manifest) -> manifest.ifPresent(found -> manifests.put(found.getVersion(), found)));
        WeightManifest manifest = manifests.get(wanted);
        if (manifest == null) {
            throw new RefusedRunException("model.initial: run " + runId + " has not published version " + wanted);
        }
        try (KafkaWeightReader reader = new KafkaWeightReader(connection.clientSettings(), serdes)) {
            return reader.read(manifest);
        }
    }

    private long finalVersion(String runId) {
        RunStatus status =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
        if (status == null || status.getFinalVersion() == null) {
            throw new RefusedRunException("model.initial: run " + runId
                    + " has no final version yet; wait until it is finished, or name a version");
        }
        return status.getFinalVersion();
    }
}
