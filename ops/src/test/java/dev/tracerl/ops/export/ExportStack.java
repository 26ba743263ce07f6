package dev.tracerl.ops.export;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A broker and a registry with the log of a real run, started once for all tests that take it as a parameter. */
final class ExportStack implements AutoCloseable {

    static final ExportListener QUIET = (phase, done, total) -> {};

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final SampleLog log = SampleLog.load();
    private final Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
    private final AvroSerdes serdes = connection.serdes();

    ExportStack() {
        try (TestLog topics = topics(log.run())) {
            topics.write(log);
        }
    }

    /** What is on the topics of the run {@code sudoku-small}. */
    SampleLog log() {
        return log;
    }

    Connection connection() {
        return connection;
    }

    /** Topics of a run, which are made if they are not there. */
    TestLog topics(RunSpec run) {
        return new TestLog(connection, serdes, run);
    }

    ExportReport export(RunSpec run, Path folder) {
        return export(run, new ExportSettings(folder, EnumSet.allOf(ExportTable.class)), QUIET);
    }

    ExportReport export(RunSpec run, Path folder, long rowsPerFile) {
        TreeSet<ExportTable> all = new TreeSet<>(EnumSet.allOf(ExportTable.class));
        return export(run, new ExportSettings(folder, all, rowsPerFile), QUIET);
    }

    ExportReport export(RunSpec run, ExportSettings settings, ExportListener listener) {
        return new RunExport(connection, serdes, listener).export(run, settings);
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }

    /** Starts the stack at its first use and stops it after all tests. */
    static final class Provider implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExportStack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(ExportStack.class))
                    .computeIfAbsent(ExportStack.class, type -> new ExportStack(), ExportStack.class);
        }
    }
}
