package dev.tracerl.ops.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.WeightFolder;
import dev.tracerl.test.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Two brokers, each with a registry of its own, that share a weight folder, and the archive of a run on the first one. It
 * was interrupted, and a step, a drop and a loss came after its moment. Shared by all tests of the process.
 */
final class ArchivedRun {

    static final String RUN = "source";
    static final RestoreOptions SAME = new RestoreOptions(Optional.empty(), OptionalInt.empty(), true, false);

    private static ArchivedRun shared;

    private final EmbeddedKafka here = EmbeddedKafka.start();
    private final EmbeddedKafka there = EmbeddedKafka.start();
    private final Path folder;
    private final Connection source;
    private final Connection target;
    private final Path archive;

    private ArchivedRun() throws Exception {
        folder = Files.createTempDirectory("archived-run");
        archive = folder.resolve("archive");
        Path weights = Files.createDirectory(folder.resolve("weights"));
        source = new Connection(here.bootstrapServers(), "mock://archive-source").with(Optional.of(weights));
        target = new Connection(there.bootstrapServers(), "mock://archive-target").with(Optional.of(weights));
        target.serdes().schemas().register(Assignment.getClassSchema()); // so that ids differ
        try (SourceLog log = new SourceLog(source, RUN)) {
            log.write();
            archive(log, new SourceFiles(RUN, new WeightFolder(weights), log::write));
        }
    }

    /** Version 2 and the state of step 2 are there, version 3 is dropped meanwhile, version 4 is lost. */
    private void archive(SourceLog log, SourceFiles files) throws IOException {
        files.version(2);
        String dropped = files.version(3);
        String lost = files.version(4);
        files.state(2);
        log.rescored(source, "again");
        log.rescored(source, "other");
        log.write(Topics.RUNS, RUN + ".rescore-other", SourceLog.spec(RUN + ".rescore-other")); // that is its topic
        interrupt();
        log.later();
        Files.delete(weights().resolve(lost));
        new Archiver(source, source.serdes(), 1000).archive(SourceLog.spec(RUN), archive, line -> {
            if (line.startsWith("runs-0")) {
                files.drop(RunTopics.of(RUN).weightChunks(), 3, dropped);
            }
        });
    }

    /** Stops an archive when some partitions are done. */
    private void interrupt() {
        AtomicInteger partitions = new AtomicInteger();
        assertThatThrownBy(() -> new Archiver(source, source.serdes(), 1000)
                        .archive(SourceLog.spec(RUN), archive, line -> {
                            if (partitions.incrementAndGet() == 12) {
                                throw new IllegalStateException("interrupted");
                            }
                        }))
                .hasMessage("interrupted");
        assertThatThrownBy(() -> restore(SAME))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is not complete");
    }

    /** The run; the first call starts the brokers. */
    static synchronized ArchivedRun shared() {
        if (shared == null) {
            try {
                ArchivedRun run = new ArchivedRun();
                Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "stop-archived-run"));
                shared = run;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    Connection source() {
        return source;
    }

    Connection target() {
        return target;
    }

    Path archive() {
        return archive;
    }

    /** The weight folder of both. */
    Path weights() {
        return folder.resolve("weights");
    }

    Manifest manifest() {
        return new ArchiveCheck(new ArchiveFolder(archive)).require();
    }

    Restorer.Restored restore(RestoreOptions options) {
        return new Restorer(target, target.serdes()).restore(archive, options, line -> {});
    }

    Restorer.Restored restoreAs(String name) {
        return restore(new RestoreOptions(Optional.of(name), OptionalInt.empty(), true, false));
    }

    private void stop() {
        there.close();
        here.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
