package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.TrainerStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run recorded of its training.
 *
 * @param spec the run
 * @param steps its steps by number
 * @param versions its published versions
 * @param states its trainer states by step
 */
record RecordedTraining(
        RunSpec spec,
        NavigableMap<Long, TrainStep> steps,
        NavigableMap<Long, WeightManifest> versions,
        NavigableMap<Long, TrainerStateManifest> states) {

    /**
     * Reads the log.
     *
     * @throws ReplayException if there is no such run
     */
    static RecordedTraining read(Connection connection, AvroSerdes serdes, String runId) {
        RunSpec spec = TopicReader.latest(connection, serdes, Topics.RUNS).get(runId);
        if (spec == null) {
            throw new ReplayException("there is no run " + runId);
        }
        RunTopics topics = RunTopics.of(runId);
        NavigableMap<Long, TrainStep> steps = new TreeMap<>();
        TopicReader.each(
                connection,
                serdes,
                topics.trainSteps(),
                (key, value) -> value.ifPresent(step -> steps.put(step.getStep(), step)));
        NavigableMap<Long, WeightManifest> versions = new TreeMap<>();
        TopicReader.each(
                connection,
                serdes,
                topics.weightsHistory(),
                (key, value) -> value.ifPresent(manifest -> versions.put(manifest.getVersion(), manifest)));
        return new RecordedTraining(spec, steps, versions, new TrainerStates(connection, serdes).of(runId));
    }

    /**
     * Checks that there is something to compare with.
     *
     * @throws ReplayException if not, with what there is
     */
    void require(ReplayRequest request) {
        if (request.from() < 0 || request.from() >= request.to()) {
            throw new ReplayException("nothing lies between version " + request.from() + " and version " + request.to()
                    + ": the first must be at least 0 and below the second");
        }
        if (request.to() > lastStep()) {
            throw new ReplayException("run " + request.runId() + " has recorded " + lastStep()
                    + " steps, so that there is no version " + request.to());
        }
        if (!versions.containsKey(request.to())) {
            throw new ReplayException("run " + request.runId() + " has not published version " + request.to()
                    + "; published are, next to it, " + around(request.to()));
        }
    }

    private long lastStep() {
        return steps.isEmpty() ? 0 : steps.lastKey();
    }

    private String around(long version) {
        List<String> published = new ArrayList<>();
        Optional.ofNullable(versions.lowerKey(version)).ifPresent(lower -> published.add(String.valueOf(lower)));
        Optional.ofNullable(versions.higherKey(version)).ifPresent(higher -> published.add(String.valueOf(higher)));
        return published.isEmpty() ? "none" : String.join(" and ", published);
    }

    /** The newest state at or before a step; none means to start from the run's first weights. */
    Optional<TrainerStateManifest> stateFor(long step) {
        return Optional.ofNullable(states.floorEntry(step)).map(Map.Entry::getValue);
    }

    /**
     * The steps after one and up to another.
     *
     * @throws ReplayException if one is missing
     */
    List<TrainStep> between(long after, long to) {
        List<TrainStep> chosen = new ArrayList<>();
        for (long number = after + 1; number <= to; number++) {
            TrainStep step = steps.get(number);
            if (step == null) {
                throw new ReplayException("the record of step " + number + " is not on "
                        + RunTopics.of(spec.getRunId()).trainSteps().name()
                        + ": it was deleted; replay later steps, or restore an archive of the run");
            }
            chosen.add(step);
        }
        return chosen;
    }
}
