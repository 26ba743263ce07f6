package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.ops.weights.WeightPins;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The weight versions of a run. */
@Command(
        name = "weights",
        description = "The weight versions of a run.",
        subcommands = {
            WeightsCommand.ListCommand.class,
            WeightsCommand.ShowCommand.class,
            WeightsPinCommand.Pin.class,
            WeightsPinCommand.Unpin.class,
            WeightsRollbackCommand.class
        },
        mixinStandardHelpOptions = true)
final class WeightsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }

    private static NavigableMap<Long, WeightManifest> history(Connection connection, AvroSerdes serdes, String runId) {
        RunOption.find(runId, connection, serdes);
        return new RunWeights(connection, serdes, runId).history();
    }

    /**
     * A version as the commands show it.
     *
     * @param parent version it was trained from
     * @param marks {@code newest} for what readers get, {@code pinned} for what is kept for good
     */
    record Row(
            long version,
            long step,
            String kind,
            @Nullable Long parent,
            long bytes,
            String store,
            String sha256,
            String createdAt,
            List<String> marks) {

        static Row of(WeightManifest manifest, String... marks) {
            return new Row(
                    manifest.getVersion(),
                    manifest.getStep(),
                    manifest.getKind().name(),
                    manifest.getParentVersion(),
                    manifest.getSize(),
                    manifest.getStore().name(),
                    manifest.getSha256(),
                    manifest.getCreatedAt().toString(),
                    List.of(marks));
        }
    }

    private static Table table(List<Row> rows) {
        Table table = new Table("VERSION", "STEP", "KIND", "PARENT", "BYTES", "SHA256", "CREATED", "");
        rows.forEach(row -> table.row(
                row.version(),
                row.step(),
                row.kind(),
                Objects.requireNonNullElse(row.parent(), "-"),
                row.bytes(),
                row.sha256().substring(0, 12),
                row.createdAt(),
                String.join(", ", row.marks())));
        return table;
    }

    /** Lists every version that was published. */
    @Command(name = "list", description = "List every version that was published.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private RunOption run = new RunOption();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            CommandLog.toFile(cluster.dataDir());
            Connection connection = cluster.connection();
            AvroSerdes serdes = connection.serdes();
            NavigableMap<Long, WeightManifest> history = history(connection, serdes, run.runId());
            RunWeights weights = new RunWeights(connection, serdes, run.runId());
            Set<Long> pinned = new WeightPins(weights).pinned();
            OptionalLong newest = weights.newest();
            List<Row> rows = history.values().stream()
                    .map(manifest -> Row.of(manifest, marks(manifest.getVersion(), newest, pinned)))
                    .toList();
            output.result(rows, () -> table(rows).lines());
            return 0;
        }

        private static String[] marks(long version, OptionalLong newest, Set<Long> pinned) {
            return Stream.of(
                            newest.isPresent() && newest.getAsLong() == version ? "newest" : "",
                            pinned.contains(version) ? "pinned" : "")
                    .filter(mark -> !mark.isEmpty())
                    .toArray(String[]::new);
        }
    }

    /** Shows one version and checks its bytes. */
    @Command(
            name = "show",
            description = "Show one version, check its bytes, and write them to a file if wanted.",
            footer = "Exit code 1: the bytes are not there any more, or damaged.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private RunOption run = new RunOption();

        @Parameters(index = "0", paramLabel = "VERSION", description = "The version.")
        private long version;

        @Mixin
        private Output output = new Output();

        @Option(names = "--out", paramLabel = "FILE", description = "Write the safetensors file.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            CommandLog.toFile(cluster.dataDir());
            Connection connection = cluster.connection();
            AvroSerdes serdes = connection.serdes();
            WeightManifest manifest = history(connection, serdes, run.runId()).get(version);
            if (manifest == null) {
                throw new BadInputException("run %s has no version %d; list them with tracerl weights list --run %s"
                        .formatted(run.runId(), version, run.runId()));
            }
            Row row = Row.of(manifest);
            output.result(row, () -> table(List.of(row)).lines());
            PrintWriter prose = output.prose();
            try (WeightReader reader = new StoredWeights(connection, serdes);
                    WeightBytes bytes = reader.read(manifest)) {
                prose.println(
                        manifest.getStore() == StoreKind.FILE
                                ? "The bytes are in the weight folder, in %s, and match the checksum."
                                        .formatted(manifest.getLocation())
                                : "The bytes are on the log and match the checksum.");
                if (file != null) {
                    write(bytes, file);
                    prose.println("Written: " + file.toAbsolutePath());
                }
                return 0;
            } catch (MissingWeightsException | CorruptWeightsException e) {
                prose.println(e.getMessage());
                return 1;
            }
        }

        private static void write(WeightBytes bytes, Path file) throws IOException {
            try (WritableByteChannel channel = Files.newByteChannel(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                bytes.writeTo(channel);
            }
        }
    }
}
