package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Map;
import picocli.CommandLine.Option;

/** The run that a command looks at. */
final class RunOption {

    @Option(names = "--run", paramLabel = "RUN", required = true, description = "The run.")
    @SuppressWarnings("NullAway.Init")
    private String runId;

    String runId() {
        return runId;
    }

    /** The run's specification. */
    RunSpec find(Connection connection, AvroSerdes serdes) {
        return find(runId, connection, serdes);
    }

    /**
     * A run's specification.
     *
     * @throws BadInputException naming the runs that exist if it does not
     */
    static RunSpec find(String runId, Connection connection, AvroSerdes serdes) {
        Map<String, RunSpec> runs = TopicReader.latest(connection, serdes, Topics.RUNS);
        RunSpec spec = runs.get(runId);
        if (spec == null) {
            throw new BadInputException(
                    "there is no run %s; there are: %s".formatted(runId, String.join(", ", runs.keySet())));
        }
        return spec;
    }
}
