package dev.tracerl.system;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Everything that one run left on the log. */
final class RunLog {

    private static final long POLL_MILLIS = 500;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String runId;
    private final RunTopics topics;

    RunLog(Connection connection, String runId) {
        this.connection = connection;
        this.serdes = connection.serdes();
        this.runId = runId;
        this.topics = RunTopics.of(runId);
    }

    RunTopics topics() {
        return topics;
    }

    /** All values of a topic, in order per partition. */
    <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(values::add));
        return values;
    }

    List<RolloutRequest> requests(Purpose purpose) {
        return all(topics.rolloutRequests()).stream()
                .filter(request -> request.getPurpose() == purpose)
                .toList();
    }

    List<GroupOutcome> outcomes(Purpose purpose) {
        return all(topics.groupOutcomes()).stream()
                .filter(outcome -> outcome.getPurpose() == purpose)
                .toList();
    }

    /** Training groups by how they ended. */
    Map<Outcome, Long> outcomeCounts() {
        return outcomes(Purpose.TRAINING).stream()
                .collect(Collectors.groupingBy(GroupOutcome::getOutcome, Collectors.counting()));
    }

    List<TrainStep> steps() {
        return all(topics.trainSteps());
    }

    WeightManifest manifest(long version) {
        return all(topics.weightsHistory()).stream()
                .filter(manifest -> manifest.getVersion() == version)
                .findFirst()
                .orElseThrow(() -> new AssertionError("run " + runId + " has no version " + version));
    }

    byte[] weights(long version) {
        try (WeightReader reader = new StoredWeights(connection, serdes);
                WeightBytes bytes = reader.read(manifest(version))) {
            return bytes.toArray();
        }
    }

    /** Waits until the run has done so many steps. */
    void awaitStep(long step, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (steps().size() < step) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("run " + runId + " has not done step " + step + " after " + limit);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
