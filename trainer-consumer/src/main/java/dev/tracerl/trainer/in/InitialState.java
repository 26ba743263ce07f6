package dev.tracerl.trainer.in;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.KeptOptimizer;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.trainer.plan.ModelPlan;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.plan.Schedules;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointFiles;
import dev.tracerl.trainer.state.CorruptCheckpointException;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.List;
import java.util.Optional;

/**
 * Gets what a run begins with: its first weights, with a fresh optimizer or with that of the run that they come from.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 */
public record InitialState(Connection connection, AvroSerdes serdes) {

    private static final String WHERE = "model.initial.optimizerState KEEP: ";

    /**
     * Weights and optimizer; to be closed after use.
     *
     * @throws RefusedRunException if they do not exist or do not fit the run, with the reason
     */
    public Beginning read(RunSpec run, ModelPlan model) {
        InitialParameters parameters = new InitialParameters(connection, serdes);
        return switch (model.initial().getOptimizerState()) {
            case FRESH -> Beginning.of(parameters.read(model));
            case KEEP -> kept(run, model, parameters);
        };
    }

    private Beginning kept(RunSpec run, ModelPlan model, InitialParameters parameters) {
        InitialWeights initial = model.initial();
        RunSpec origin = parameters.origin(initial);
        List<String> objections = KeptOptimizer.objections(origin, run);
        if (!objections.isEmpty()) {
            throw new RefusedRunException(objections.stream().map(WHERE::concat).toList());
        }
        long version = parameters.version(initial);
        try {
            Checkpoint checkpoint = checkpoint(origin.getRunId(), version);
            requireFits(checkpoint, origin.getRunId(), model);
            requireRate(checkpoint, run);
            return new Beginning(
                    tensors(checkpoint.tensors(), run), checkpoint.state().updates());
        } catch (CheckpointException
                | CorruptCheckpointException
                | CorruptWeightsException
                | MissingWeightsException e) {
            throw new RefusedRunException(WHERE + e.getMessage(), e);
        }
    }

    private Checkpoint checkpoint(String runId, long version) {
        TrainerStates states = new TrainerStates(connection, serdes);
        return CheckpointFiles.decode(states.read(states.at(runId, version)));
    }

    /** The fork's lineage names the published version, and its model must have the same parameters. */
    private void requireFits(Checkpoint checkpoint, String runId, ModelPlan model) {
        try {
            long version = checkpoint.state().version();
            Tensors tensors = checkpoint.tensors();
            String published = new PublishedWeights(connection, serdes)
                    .manifest(runId, version)
                    .getSha256();
            if (!tensors.parameters().sha256().equals(published)) {
                throw new CorruptWeightsException("the trainer state of version " + version + " of run " + runId
                        + " holds other weights than were published; start with a fresh optimizer");
            }
            Parameters.read(Safetensors.tensors(tensors.parameters()), model.config());
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    /** A schedule that has ended at zero would train nothing, and say nothing. */
    private static void requireRate(Checkpoint checkpoint, RunSpec run) {
        long updates = checkpoint.state().updates();
        if (Schedules.of(run.getOptimizer()).at(updates) == 0) {
            checkpoint.close();
            throw new RefusedRunException(WHERE + "the learning rate is zero after the " + updates
                    + " updates that are kept; set optimizer.totalUpdates, minScale or schedule");
        }
    }

    /** A value model that the run does not have is left behind. */
    private static Tensors tensors(Tensors kept, RunSpec run) {
        if (run.getValue() != null) {
            return kept;
        }
        kept.value().ifPresent(ValueTensors::close);
        return kept.with(Optional.empty());
    }
}
