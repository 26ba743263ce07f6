package dev.tracerl.ops.cli;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists topics with what they hold. */
@Command(
        name = "topics",
        description = "List the shared topics, or a run's, with their records and size.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--run", paramLabel = "RUN", description = "The run; without it the shared topics.")
    private @Nullable String run;

    @Mixin
    private Output output = new Output();

    /**
     * A topic as this command shows it.
     *
     * @param offsets span of its offsets: records and, under transactions, a few markers
     * @param bytes on the brokers' disks, replicas included
     */
    record Row(String topic, String value, int partitions, String cleanup, long offsets, long bytes) {}

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        if (run != null) {
            RunOption.find(run, connection, connection.serdes());
        }
        List<Topic<?>> topics =
                run == null ? Topics.shared() : RunTopics.of(run).all();
        Map<String, TopicSizes.Size> sizes =
                TopicSizes.of(connection, topics.stream().map(Topic::name).toList());
        List<Row> rows = new ArrayList<>();
        for (Topic<?> topic : topics) {
            TopicSizes.Size size = sizes.get(topic.name());
            if (size != null) {
                rows.add(new Row(
                        topic.name(),
                        topic.valueType().getSimpleName(),
                        size.partitions(),
                        topic.settings().getOrDefault("cleanup.policy", ""),
                        size.offsets(),
                        size.bytes()));
            }
        }
        output.result(rows, () -> table(rows).lines());
        return 0;
    }

    private static Table table(List<Row> rows) {
        Table table = new Table("TOPIC", "VALUE", "PARTITIONS", "CLEANUP", "OFFSETS", "SIZE");
        rows.forEach(row ->
                table.row(row.topic(), row.value(), row.partitions(), row.cleanup(), row.offsets(), size(row.bytes())));
        long bytes = rows.stream().mapToLong(Row::bytes).sum();
        return table.row(
                "total", "", "", "", rows.stream().mapToLong(Row::offsets).sum(), size(bytes));
    }

    static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }
}
