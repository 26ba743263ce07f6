package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tracerl.reward.LiveRun;
import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.query.GroupAnswer;
import dev.tracerl.reward.query.GroupQuery;
import dev.tracerl.reward.query.GroupView;
import dev.tracerl.reward.query.Host;
import dev.tracerl.reward.query.StoresUnavailableException;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topology that lost its disk, asked while its stores are restored and afterwards. */
class RestoredStoresIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Host SELF = new Host("127.0.0.1", 8082);

    @TempDir
    private Path directory;

    @Test
    void nothingIsSaidOfAGroupBeforeItsStateIsRestored() throws InterruptedException {
        // Given
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            Connection connection = new Connection(kafka.bootstrapServers(), "mock://restored-stores");
            try (LiveRun run = new LiveRun(connection, run())) {
                List<GroupView> before = begun(connection, run);

                // When
                try (KafkaStreams streams = topology(connection, "after");
                        HeldRestoring restoring = new HeldRestoring()) {
                    streams.setGlobalStateRestoreListener(restoring);
                    streams.start();
                    GroupQuery groups = groups(streams);
                    restoring.begun.await();

                    // Then
                    for (GroupView group : before) {
                        assertThatThrownBy(() -> groups.find(group.groupId(), false))
                                .isInstanceOf(StoresUnavailableException.class)
                                .hasMessageContaining("try again");
                    }
                    assertThatThrownBy(() -> groups.open(1)).isInstanceOf(StoresUnavailableException.class);

                    // When
                    restoring.close();

                    // Then
                    await().atMost(LIMIT)
                            .until(() -> found(groups, before.get(0).groupId()).isPresent());
                    assertThat(before)
                            .allSatisfy(group ->
                                    assertThat(found(groups, group.groupId())).hasValue(group));
                }
            }
        }
    }

    /** One group has ended, the other one waits for a sample. */
    private List<GroupView> begun(Connection connection, LiveRun run) {
        try (KafkaStreams streams = topology(connection, "before")) {
            streams.start();
            GroupQuery groups = groups(streams);
            run.publish(0);
            await().atMost(LIMIT).until(() -> run.requests().size() == 2);
            List<RolloutRequest> requests = run.requests();
            run.answerAll(requests.get(0), Records.RIGHT, Records.RIGHT);
            run.answer(requests.get(1), 0, Records.RIGHT);
            await().atMost(LIMIT)
                    .until(() -> run.all(run.topics().groupOutcomes()).size() == 1
                            && run.all(run.topics().verdicts()).size() == 3
                            && found(groups, requests.get(0).getGroupId())
                                    .filter(group -> group.state() == GroupView.State.ENDED)
                                    .isPresent());
            return requests.stream()
                    .map(request -> found(groups, request.getGroupId()).orElseThrow())
                    .toList();
        }
    }

    private static GroupQuery groups(KafkaStreams streams) {
        return new GroupQuery(Runs.RUN, new StreamsStores(streams, SELF));
    }

    /** Empty while the state cannot be read. */
    private static Optional<GroupView> found(GroupQuery groups, String groupId) {
        try {
            return Optional.of(((GroupAnswer.Found) groups.find(groupId, false)).group());
        } catch (StoresUnavailableException e) {
            return Optional.empty();
        }
    }

    private KafkaStreams topology(Connection connection, String disk) {
        TopologyParts parts = new TopologyParts(
                connection.serdes(),
                Verifiers.byKind(),
                new CheckRules(Duration.ofSeconds(2), 2),
                new RewardMetrics(new SimpleMeterRegistry(), Runs.RUN),
                Duration.ofSeconds(1),
                Duration.ofMillis(30));
        Properties settings = new Properties();
        settings.putAll(connection.clientSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "toy.reward-stream");
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, SELF.toString());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(disk).toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "reward-0");
        return new KafkaStreams(RewardTopology.build(run(), parts), settings);
    }

    private static RunSpec run() {
        RunSpec run = Runs.run();
        run.getGroups().setTimeoutMillis(4 * LIMIT.toMillis());
        return run;
    }

    /** Lets no store of a task be restored before it is closed. */
    private static final class HeldRestoring implements StateRestoreListener, AutoCloseable {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
            if (store.equals(Nodes.TASK_STORE)) {
                return; // all tasks' own, without which nothing starts
            }
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long restored) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long restored) {}

        @Override
        public void close() {
            released.countDown();
        }
    }
}
