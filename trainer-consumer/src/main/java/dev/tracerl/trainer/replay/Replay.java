package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.trainer.in.RecordedInput;
import dev.tracerl.trainer.in.RecordedInputException;
import dev.tracerl.trainer.in.RecordedPlaces;
import dev.tracerl.trainer.learn.Anchor;
import dev.tracerl.trainer.learn.Critics;
import dev.tracerl.trainer.learn.Lesson;
import dev.tracerl.trainer.learn.ModelTensors;
import dev.tracerl.trainer.learn.TensorPorts;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointFiles;
import dev.tracerl.trainer.state.CorruptCheckpointException;
import dev.tracerl.trainer.state.RunIdentity;
import dev.tracerl.trainer.stop.StepAbandonedException;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.train.Critic;
import dev.tracerl.trainer.train.DivergedException;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelLearner.Device;
import dev.tracerl.trainer.train.StepResult;
import dev.tracerl.trainer.train.StepTrainer;
import java.util.List;
import java.util.Optional;

/**
 * Trains recorded steps again, with the groups that they had, from the newest trainer state before them, and compares the
 * versions that come out with those that were published.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 * @param device where to train steps that do not say where they were trained
 * @param stop ends it
 * @param listener told how it goes
 */
public record Replay(
        Connection connection, AvroSerdes serdes, Device device, StopSignal stop, ReplayListener listener) {

    /**
     * Replays.
     *
     * @return the first difference; none if every version came out as it was published
     * @throws ReplayException if the log lacks the steps or versions
     * @throws RecordedInputException if it lacks what the steps used
     * @throws RefusedRunException if the run cannot be trained by this release, or its first weights are gone
     * @throws CorruptWeightsException if the trainer state is damaged
     * @throws MissingWeightsException if the trainer state is incomplete
     * @throws CorruptCheckpointException if the trainer state is incomplete
     * @throws StepAbandonedException if it was ended
     */
    public Optional<Difference> run(ReplayRequest request) {
        RecordedTraining recorded = RecordedTraining.read(connection, serdes, request.runId());
        RunPlan plan = Planner.plan(recorded.spec());
        TrainingPlan training = plan.training()
                .orElseThrow(() -> new ReplayException(
                        "run " + request.runId() + " only evaluates weights; there are no steps to replay"));
        recorded.require(request);
        Optional<TrainerStateManifest> state = recorded.stateFor(request.from());
        long start = state.map(TrainerStateManifest::getStep).orElse(0L);
        List<TrainStep> steps = recorded.between(start, request.to());
        Device same = RecordedDevice.of(steps, device);
        RecordedPlaces places = RecordedPlaces.of(connection, steps);
        listener.started(start, request.to(), same, Builds.of(steps));
        TensorPorts tensors = new ModelTensors(connection, serdes, same).ofLog(plan);
        Comparison comparison = new Comparison(recorded.versions(), listener);
        try (Checkpoint checkpoint =
                state.map(manifest -> read(manifest, plan)).orElseGet(() -> first(plan, tensors))) {
            Optional<Difference> difference =
                    train(new Work(plan, training, tensors, places), checkpoint, steps, comparison);
            difference.ifPresent(listener::differs);
            return difference;
        }
    }

    private record Work(RunPlan plan, TrainingPlan training, TensorPorts tensors, RecordedPlaces places) {}

    private Checkpoint read(TrainerStateManifest manifest, RunPlan plan) {
        Checkpoint checkpoint = CheckpointFiles.decode(new TrainerStates(connection, serdes).read(manifest));
        RunIdentity run = checkpoint.state().run();
        if (run.createdAt() != plan.run().createdAt()
                || run.seed() != plan.run().seed()) {
            checkpoint.close();
            throw new ReplayException("the trainer state of step " + manifest.getStep() + " belongs to " + run
                    + ", not to " + plan.run());
        }
        return checkpoint;
    }

    private static Checkpoint first(RunPlan plan, TensorPorts tensors) {
        if (plan.model().initial().getOptimizerState() == OptimizerStart.KEEP) {
            throw new ReplayException("run " + plan.run().runId()
                    + " began with the optimizer's state of another run, and its trainer state of step 0, which holds it,"
                    + " is not on the log any more; replay from a later trainer state");
        }
        return Checkpoint.first(plan.run(), tensors.initial().get());
    }

    private Optional<Difference> train(Work work, Checkpoint start, List<TrainStep> steps, Comparison comparison) {
        TrainingPlan training = work.training();
        try (Learner learner = work.tensors().learners().open(start.tensors());
                Critic critic = Critics.open(training, work.tensors(), start.tensors(), stop::check);
                Anchor anchor = Anchor.of(training.steps(), work.tensors(), start);
                RecordedInput input = new RecordedInputs(connection, serdes, work.places(), stop)
                        .open(
                                work.plan(),
                                training,
                                start.state().named(work.plan().run()))) {
            StepTrainer trainer = new StepTrainer(learner, training.steps(), anchor.policy(), stop::check);
            Lesson lesson = new Lesson(critic, trainer);
            long updates = start.state().updates();
            for (TrainStep step : steps) {
                Optional<Difference> difference;
                try {
                    StepResult result = lesson.take(input.of(step), step.getStep(), updates);
                    updates += result.updates();
                    difference = comparison.step(step, result, learner::parameters);
                } catch (DivergedException e) {
                    difference = Optional.of(diverged(step, e));
                }
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
    }

    private static Difference diverged(TrainStep step, DivergedException e) {
        return new Difference(
                step.getStep(), step.getVersion(), List.of("it diverged, which it did not: " + e.getMessage()));
    }
}
