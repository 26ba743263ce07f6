package dev.tracerl.trainer.metrics;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.WeightKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one run. Make one per process: a registry keeps the first gauge of a name. Thread-safe. */
public final class TrainerMetrics {

    private final MeterRegistry registry;
    private final Tags run;
    private final AtomicReference<@Nullable TrainStep> last = new AtomicReference<>();
    private final AtomicLong publishedBytes = new AtomicLong();
    private final AtomicLong checkpointMillis = new AtomicLong();
    private final Counter tokens;
    private final Counter used;
    private final Counter parked;
    private final Counter duplicates;
    private final DistributionSummary lag;

    /** Registers the meters. */
    public TrainerMetrics(MeterRegistry registry, String runId) {
        this.registry = registry;
        this.run = Tags.of("run", runId);
        this.tokens = registry.counter("trainer.tokens", run);
        this.used = registry.counter("trainer.samples", run.and("use", "used"));
        this.parked = registry.counter("trainer.samples", run.and("use", "parked"));
        this.duplicates = registry.counter("rl.duplicates.suppressed", run);
        this.lag = DistributionSummary.builder("trainer.version.lag").tags(run).register(registry);
        stepGauges();
        registry.gauge("weights.bytes", run, publishedBytes);
        Gauge.builder("trainer.checkpoint.age.seconds", checkpointMillis, TrainerMetrics::age)
                .tags(run)
                .register(registry);
    }

    private void stepGauges() {
        gauge("trainer.step", run, TrainStep::getStep);
        gauge("trainer.policy.version", run, TrainStep::getVersion);
        gauge("trainer.loss", run.and("term", "policy"), TrainStep::getPolicyLoss);
        gauge("trainer.loss", run.and("term", "kl"), TrainStep::getKlLoss);
        gauge("trainer.loss", run.and("term", "value"), step -> orNaN(step.getValueLoss()));
        gauge("trainer.value.explained.variance", run, step -> orNaN(step.getExplainedVariance()));
        gauge("trainer.grad.norm", run, TrainStep::getGradientNorm);
        gauge("trainer.learning.rate", run, TrainStep::getLearningRate);
        gauge("trainer.ess.ratio", run, TrainStep::getEffectiveSampleRatio);
        gauge("trainer.clip.fraction", run, TrainStep::getClipFraction);
        gauge("trainer.mismatch.k3", run, TrainStep::getKl);
        gauge("trainer.reward.mean", run, step -> orNaN(step.getMeanReward()));
        gauge("trainer.idle.ratio", run, TrainerMetrics::idle);
        gauge("trainer.last.step.timestamp.seconds", run, step -> step.getAt().getEpochSecond());
    }

    /** A step was trained and published. */
    public void step(TrainStep step, Iterable<TrainingGroup> groups) {
        last.set(step);
        tokens.increment((double) step.getTokens());
        used.increment(step.getSamples());
        phase("wait", Duration.ofMillis(step.getWaitMillis()));
        phase("forward_backward", Duration.ofMillis(step.getTrainMillis()));
        groups.forEach(group -> lag.record(step.getVersion() - 1.0 - group.getOldestVersion()));
    }

    /** A version was published. */
    public void published(WeightKind kind, long bytes, Duration took) {
        registry.counter("weights.published", run.and("kind", kind.name())).increment();
        publishedBytes.set(bytes);
        registry.timer("weights.publish.seconds", run).record(took);
        phase("publish", took);
    }

    /** A checkpoint is on the disk. */
    public void checkpoint(Duration took) {
        checkpointMillis.set(System.currentTimeMillis());
        phase("checkpoint", took);
    }

    /** A group went to the late topic. */
    public void parked(TrainingGroup group) {
        parked.increment(group.getSamples().size());
    }

    /** A copy of a group was left out. */
    public void duplicate() {
        duplicates.increment();
    }

    private void phase(String name, Duration took) {
        Timer.builder("trainer.step.seconds")
                .tags(run.and("phase", name))
                .register(registry)
                .record(took);
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<TrainStep> value) {
        Gauge.builder(name, last, reference -> {
                    TrainStep step = reference.get();
                    return step == null ? Double.NaN : value.applyAsDouble(step);
                })
                .tags(tags)
                .register(registry);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static double idle(TrainStep step) {
        double busy = step.getTrainMillis() + (double) step.getPublishMillis();
        return step.getWaitMillis() / Math.max(1, step.getWaitMillis() + busy);
    }

    private static double age(AtomicLong checkpointMillis) {
        long at = checkpointMillis.get();
        return at == 0 ? Double.NaN : (System.currentTimeMillis() - at) / 1000.0;
    }
}
