package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.in.DemonstrationFeed;
import dev.tracerl.trainer.learn.TensorPorts;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.FakeLearner;
import dev.tracerl.trainer.support.FakePolicy;
import dev.tracerl.trainer.support.FakeValueLearner;
import dev.tracerl.trainer.support.ListFeed;
import dev.tracerl.trainer.support.MemoryLog;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sessions on a log in memory with a learner that is a hash. A session ends when its input does. */
final class TestSession {

    private static final Logger QUIET = Logger.getLogger("dev.tracerl");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final RunSpec run;
    private final MemoryLog log;
    private final CheckpointStore checkpoints;
    private final List<Arrival> arrivals;
    private Learner.Factory learners = FakeLearner::new;

    TestSession(RunSpec run, MemoryLog log, CheckpointStore checkpoints, List<Arrival> arrivals) {
        this.run = run;
        this.log = log;
        this.checkpoints = checkpoints;
        this.arrivals = arrivals;
    }

    TestSession with(Learner.Factory factory) {
        learners = factory;
        return this;
    }

    /** Runs one session to its end. */
    Condition run() throws InterruptedException {
        return run(new StopSignal());
    }

    Condition run(StopSignal stop) throws InterruptedException {
        TrainerMetrics metrics = new TrainerMetrics(new SimpleMeterRegistry(), run.getRunId());
        Condition condition = new Condition();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Ports ports = new Ports(
                log,
                new Ports.Inputs(offset -> new ListFeed(arrivals, offset, stop::exit), TestSession::noDemonstrations),
                new TensorPorts(
                        learners,
                        FakeValueLearner::new,
                        FakePolicy::new,
                        this::beginning,
                        FakeLearner::initial,
                        new ModelLearner.Device("cpu", 1)),
                checkpoints,
                new Ports.Controls(clock, stop, new StatusBoard(run.getRunId()), condition, metrics));
        new Session(Planner.plan(run), ports).run();
        return condition;
    }

    private Beginning beginning() {
        return switch (run.getModel().getInitial().getOptimizerState()) {
            case FRESH -> Beginning.of(FakeLearner.initial());
            case KEEP -> FakeLearner.kept();
        };
    }

    private static DemonstrationFeed noDemonstrations() {
        throw new IllegalStateException("no demonstrations");
    }
}
