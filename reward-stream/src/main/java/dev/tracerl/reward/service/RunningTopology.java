package dev.tracerl.reward.service;

import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.config.StreamsSettings;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.topology.RewardTopology;
import dev.tracerl.reward.topology.TopologyParts;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** The topology of a run at work. */
final class RunningTopology implements Work {

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;

    private RunningTopology(KafkaStreams streams, KafkaStreamsMetrics metrics) {
        this.streams = streams;
        this.metrics = metrics;
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
                config.streams().expireInterval());
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(config, run.getRunId()));
        KafkaStreams streams = new KafkaStreams(RewardTopology.build(run, parts), settings);
        streams.setUncaughtExceptionHandler(failures);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.of("run", run.getRunId()));
        metrics.bindTo(meters);
        streams.start();
        return new RunningTopology(streams, metrics);
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
