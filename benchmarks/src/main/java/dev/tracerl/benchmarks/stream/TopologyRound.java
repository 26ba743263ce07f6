package dev.tracerl.benchmarks.stream;

import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.config.StreamsSettings;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.topology.RewardTopology;
import dev.tracerl.reward.topology.TopologyParts;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaStreams;

/** The service's topology with the service's settings, from its first training group to its last, counted as if all had come at that rate. */
record TopologyRound(StreamLog log, Path directory, int threads) {

    private static final int CONVERTER_PRIORITY = 100;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    Cost run(Workload workload) throws InterruptedException {
        RewardConfig config = config();
        TopologyParts parts = new TopologyParts(
                log.serdes(),
                Verifiers.byKind(),
                CheckRules.of(config.checks().timeout(), config.checks().attempts(), Duration.ofHours(1)),
                new RewardMetrics(new SimpleMeterRegistry(), workload.runId()),
                config.streams().expireInterval(),
                config.streams().commitInterval());
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(config, workload.run(), Uuid.randomUuid()));
        try (KafkaStreams streams = new KafkaStreams(RewardTopology.build(workload.run(), parts), settings);
                KafkaConsumer<byte[], byte[]> groups = log.reader(
                        RunTopics.of(workload.runId()).trainingGroups().name())) {
            streams.start();
            int early = await(groups, 1);
            Cost.Meter meter = Cost.begin();
            await(groups, workload.groups() - early);
            return meter.end((double) workload.groups() / (workload.groups() - early));
        }
    }

    private static int await(KafkaConsumer<byte[], byte[]> consumer, int groups) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int found = 0;
        while (found < groups) {
            found += consumer.poll(POLL).count();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + found + " of " + groups + " groups after " + LIMIT);
            }
        }
        return found;
    }

    private RewardConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(RewardConfig.class)
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withDefaultValues(Map.of(
                        "tracerl.kafka.bootstrap-servers", log.connection().bootstrapServers(),
                        "tracerl.data-dir", directory.toString(),
                        "tracerl.streams.threads", String.valueOf(threads)))
                .build()
                .getConfigMapping(RewardConfig.class);
    }
}
