package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.train.ModelLearner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static final Connection NO_FOLDER = new Connection("", "mock://environment");

    @Test
    void weightsInFilesNeedAWeightFolder() {
        // Given
        RunSpec run = TestRuns.run("run", Method.TRACERL).build();
        run.getWeights().setStore(StoreKind.FILE);

        // When / Then
        assertThatThrownBy(() -> environment(NO_FOLDER).requireStore(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageStartingWith("weights.store is FILE, but the trainer has no weight folder");
        assertThatCode(() -> environment(NO_FOLDER.with(Optional.of(Path.of("/weights"))))
                        .requireStore(run))
                .doesNotThrowAnyException();
    }

    private static Environment environment(Connection connection) {
        Environment.Machine machine =
                new Environment.Machine(new ModelLearner.Device("cpu", 1), Path.of("checkpoints"), 1);
        return new Environment(connection, connection.serdes(), machine, new SimpleMeterRegistry(), Clock.systemUTC());
    }
}
