package dev.tracerl.reward.service;

import dev.tracerl.reward.config.AdvertisedAddress;
import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.config.StreamsSettings;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.query.GroupQuery;
import dev.tracerl.reward.query.Host;
import dev.tracerl.reward.topology.RewardTopology;
import dev.tracerl.reward.topology.StreamsStores;
import dev.tracerl.reward.topology.TopologyParts;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

/** The topology of a run at work. */
final class RunningTopology implements Work {

    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final short BROKER_DEFAULT = -1;

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final GroupQuery groups;

    private RunningTopology(KafkaStreams streams, KafkaStreamsMetrics metrics, GroupQuery groups) {
        this.streams = streams;
        this.metrics = metrics;
        this.groups = groups;
    }

    static RunningTopology start(
            RewardConfig config, RunSpec run, AvroSerdes serdes, MeterRegistry meters, FailurePolicy failures) {
        TopologyParts parts = new TopologyParts(
                serdes,
                Verifiers.byKind(),
                CheckRules.of(
                        config.checks().timeout(),
                        config.checks().attempts(),
                        Duration.ofMillis(run.getGroups().getTimeoutMillis())),
                new RewardMetrics(meters, run.getRunId()),
                TopicReader.sinceDeletion(config.connection(), Topics.RUN_STATUS, run.getRunId()),
                config.streams().expireInterval(),
                config.streams().commitInterval());
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(config, run, requests(config, run)));
        KafkaStreams streams = new KafkaStreams(RewardTopology.build(run, parts), settings);
        streams.setUncaughtExceptionHandler(failures);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.of("run", run.getRunId()));
        metrics.bindTo(meters);
        streams.start();
        HostInfo self = HostInfo.buildFromEndpoint(AdvertisedAddress.of(config.http()));
        GroupQuery groups =
                new GroupQuery(run.getRunId(), new StreamsStores(streams, new Host(self.host(), self.port())));
        return new RunningTopology(streams, metrics, groups);
    }

    /** Identity of the topic of requests, once there are all topics. */
    private static Uuid requests(RewardConfig config, RunSpec run) {
        RunTopics topics = RunTopics.of(run.getRunId());
        try (Admin admin = Admin.create(config.connection().clientSettings())) {
            // Runs that were made by older versions lack topics that these did not write.
            TopicCreator.create(admin, List.of(topics.strays()), BROKER_DEFAULT);
            return TopicCreator.id(admin, topics.rolloutRequests().name());
        }
    }

    /** Questions about its groups. */
    GroupQuery groups() {
        return groups;
    }

    @Override
    public boolean isAlive() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.CREATED || state.isRunningOrRebalancing();
    }

    @Override
    public String state() {
        return streams.state().name();
    }

    @Override
    public void close() {
        metrics.close();
        streams.close(CLOSE);
    }
}
