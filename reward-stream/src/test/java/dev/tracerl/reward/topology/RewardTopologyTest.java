package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.schemas.AvroSerdes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;

class RewardTopologyTest {

    private final TopologyDescription topology = RewardTopology.build(
                    Runs.run(),
                    new TopologyParts(
                            new AvroSerdes("mock://topology"),
                            Map.of(),
                            new CheckRules(Duration.ofSeconds(1), 1),
                            new RewardMetrics(new SimpleMeterRegistry(), Runs.RUN),
                            Duration.ofSeconds(1),
                            Duration.ofMillis(30)))
            .describe();

    @Test
    void admissionAndGroupingMeetOnTopicsOnly() {
        // Given
        // When
        List<Set<String>> read = topology.subtopologies().stream()
                .map(RewardTopologyTest::topics)
                .toList();

        // Then
        assertThat(read)
                .containsExactlyInAnyOrder(
                        Set.of("toy.weights-history", "toy.train-steps", "toy.group-outcomes", "run-status"),
                        Set.of("toy.rollout-requests", "toy.trajectories", "toy.verification-answers"));
    }

    @Test
    void tasksAreAGlobalTable() {
        // Given
        // When
        var globals = topology.globalStores();

        // Then
        assertThat(globals).extracting(global -> global.source().topicSet()).containsExactly(Set.of("tasks"));
    }

    private static Set<String> topics(Subtopology subtopology) {
        Set<String> topics = new TreeSet<>();
        subtopology.nodes().forEach(node -> {
            if (node instanceof Source source) {
                topics.addAll(source.topicSet());
            }
        });
        return topics;
    }
}
