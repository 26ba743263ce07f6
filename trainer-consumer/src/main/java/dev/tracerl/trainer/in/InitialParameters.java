package dev.tracerl.trainer.in;

import dev.tracerl.model.network.Checkpoint;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.plan.ModelPlan;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.state.Safetensors;
import java.nio.file.Path;
import java.util.Objects;

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
    public WeightBytes read(ModelPlan model) {
        try {
            return Safetensors.of(parameters(model.initial(), model.config()).toSafetensors());
        } catch (CheckpointException | CorruptWeightsException | MissingWeightsException e) {
            throw new RefusedRunException("model.initial: " + e.getMessage(), e);
        }
    }

    /**
     * The weights that a run's adapters belong to, which it has published as version 0, as a safetensors file.
     *
     * @throws RefusedRunException if they are not on the log any more, with the reason
     */
    public WeightBytes base(String runId, ModelConfig config) {
        try {
            return Safetensors.of(new PublishedWeights(connection, serdes)
                    .read(runId, 0, config)
                    .toSafetensors());
        } catch (CheckpointException | CorruptWeightsException | MissingWeightsException e) {
            throw new RefusedRunException("version 0 of the run cannot be read back: " + e.getMessage(), e);
        }
    }

    private Parameters parameters(InitialWeights initial, ModelConfig config) {
        return switch (initial.getSource()) {
            case RANDOM -> Parameters.random(config, initial.getSeed());
            case CHECKPOINT -> Checkpoint.read(Path.of(Objects.requireNonNull(initial.getPath())), config);
            case RUN ->
                new PublishedWeights(connection, serdes).read(origin(initial).getRunId(), version(initial), config);
        };
    }

    /** The run that they are taken from. */
    RunSpec origin(InitialWeights initial) {
        String runId = Objects.requireNonNull(initial.getRunId());
        RunSpec origin = TopicReader.latest(connection, serdes, Topics.RUNS).get(runId);
        if (origin == null) {
            throw new RefusedRunException("model.initial: there is no run " + runId);
        }
        return origin;
    }

    /** Its version that they are. */
    long version(InitialWeights initial) {
        Long version = initial.getVersion();
        return version == null ? finalVersion(Objects.requireNonNull(initial.getRunId())) : version;
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
