package dev.tracerl.trainer.support;

import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.trainer.run.Condition;
import dev.tracerl.trainer.run.Environment;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/** Trainers in the test's process. */
public final class Trainers {

    private Trainers() {}

    /** Starts a trainer. */
    public static RunningTrainer start(LocalLog log, RunSpec run, Path dataDir) {
        return start(log, run, dataDir, new Condition());
    }

    /** Starts a trainer. */
    public static RunningTrainer start(LocalLog log, RunSpec run, Path dataDir, Condition condition) {
        Environment.Machine machine = new Environment.Machine(new ModelLearner.Device("cpu", 1), dataDir, 2);
        Environment environment =
                new Environment(log.connection(), log.serdes(), machine, new SimpleMeterRegistry(), Clock.systemUTC());
        return new RunningTrainer(run, environment, condition, () -> {});
    }
}
