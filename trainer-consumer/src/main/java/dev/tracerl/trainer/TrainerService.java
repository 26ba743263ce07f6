package dev.tracerl.trainer;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.trainer.config.ConfigProblems;
import dev.tracerl.trainer.config.TrainerConfig;
import dev.tracerl.trainer.replay.ReplayJob;
import dev.tracerl.trainer.replay.ReplayRequest;
import dev.tracerl.trainer.run.Condition;
import dev.tracerl.trainer.run.Environment;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: idle until its deployment is assigned to a run, then training it; or a replay of recorded steps. */
@Singleton
public final class TrainerService {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);

    private final TrainerConfig config;
    private final MeterRegistry meters;
    private final Condition condition = new Condition();
    private @Nullable RunAssignment assignment;
    private @Nullable ReplayJob replaying;
    private volatile @Nullable RunningTrainer running;

    TrainerService(TrainerConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    /** How the service is. */
    public Condition condition() {
        return condition;
    }

    void start(@Observes StartupEvent event) {
        List<String> problems = ConfigProblems.of(config);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("configuration: " + String.join("; ", problems));
        }
        config.replay().ifPresentOrElse(this::replay, this::await);
    }

    private void replay(TrainerConfig.Replay wanted) {
        ReplayRequest request = new ReplayRequest(wanted.run(), wanted.from(), wanted.to());
        replaying = new ReplayJob(request, config.connection(), device(), wanted.report(), Quarkus::asyncExit);
    }

    private void await() {
        LOG.atInfo()
                .addKeyValue("worker", config.worker())
                .addKeyValue("deployment", config.deployment())
                .log("waiting for an assignment");
        Connection connection = config.connection();
        AvroSerdes serdes = connection.serdes();
        Environment.Machine machine = new Environment.Machine(device(), config.dataDir(), config.readAheadSteps());
        Environment environment = new Environment(connection, serdes, machine, meters, Clock.systemUTC());
        assignment = new RunAssignment(
                connection, serdes, config.deployment(), run -> assigned(run, environment), Quarkus::asyncExit);
    }

    private ModelLearner.Device device() {
        return new ModelLearner.Device(config.device(), config.threads());
    }

    private void assigned(RunSpec run, Environment environment) {
        running = new RunningTrainer(run, environment, condition, () -> Quarkus.asyncExit(RunAssignment.FAILURE));
    }

    void stop(@Observes ShutdownEvent event) {
        RunningTrainer trainer = running;
        if (trainer != null) {
            trainer.close();
        }
        if (assignment != null) {
            assignment.close();
        }
        if (replaying != null) {
            replaying.close();
        }
    }
}
