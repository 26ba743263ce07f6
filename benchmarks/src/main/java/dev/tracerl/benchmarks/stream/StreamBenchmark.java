package dev.tracerl.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.broker.FreePort;
import dev.tracerl.broker.KafkaNode;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trajectories a second through the whole reward topology, beside a plain copy of the same records and a copy in
 * transactions of 30 ms. A real broker runs in this process. Rounds take turns, the first three are not counted. Options:
 * {@code --quick}, {@code --groups N}, {@code --rounds N}, {@code --threads N} (stream threads), {@code --shape school},
 * {@code --json FILE}.
 */
public final class StreamBenchmark {

    private static final int SAMPLES = 16;
    private static final int WARM_UP = 3;

    private final StreamLog log;
    private final TopologyRound topologyRound;
    private final int groups;
    private final int rounds;

    private StreamBenchmark(StreamLog log, TopologyRound topology, int groups, int rounds) {
        this.log = log;
        this.topologyRound = topology;
        this.groups = groups;
        this.rounds = rounds;
    }

    /**
     * Medians of the rounds.
     *
     * @param rate of the topology as a share of the plain copy's, by the clock
     * @param processorRate the same by processor seconds
     * @param ownRate the same by processor seconds without those of the virtual machine's compiler and collector
     */
    record Report(
            int trajectories,
            Cost topology,
            Cost copy,
            Cost transactions,
            double rate,
            double processorRate,
            double ownRate) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        int groups = Integer.parseInt(option(options, "--groups", quick ? "200" : "2000"));
        int rounds = Integer.parseInt(option(options, "--rounds", quick ? "1" : "3"));
        int threads = Integer.parseInt(option(options, "--threads", "1"));
        String only = option(options, "--shape", "").toUpperCase(Locale.ROOT);
        Path directory = Files.createTempDirectory("stream-benchmark");
        Map<Shape, Report> reports = new EnumMap<>(Shape.class);
        try (KafkaNode node = KafkaNode.start(directory.resolve("kafka"), FreePort.find(), Map.of())) {
            Connection connection = new Connection(node.bootstrapServers(), "mock://stream-benchmark");
            StreamLog log = new StreamLog(connection, connection.serdes());
            StreamBenchmark benchmark = new StreamBenchmark(
                    log, new TopologyRound(log, directory.resolve("streams"), threads), groups, rounds);
            for (Shape shape : only.isEmpty() ? Shape.values() : new Shape[] {Shape.valueOf(only)}) {
                reports.put(shape, benchmark.run(shape));
            }
        } finally {
            delete(directory);
        }
        reports.forEach(StreamBenchmark::print);
        String json = option(options, "--json", "");
        if (!json.isEmpty()) {
            Files.write(
                    Path.of(json),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(reports));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String option(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : options.get(at + 1);
    }

    private Report run(Shape shape) throws InterruptedException {
        List<Cost> topology = new ArrayList<>();
        List<Cost> copy = new ArrayList<>();
        List<Cost> transactions = new ArrayList<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            String runId = shape.name().toLowerCase(Locale.ROOT) + "-" + round;
            Workload workload = new Workload(shape, runId, groups, SAMPLES);
            log.write(workload);
            copy.add(new CopyRound(log, false).run(workload));
            transactions.add(new CopyRound(log, true).run(workload));
            topology.add(topologyRound.run(workload));
            System.err.printf(
                    "%s: %s, copies %s, %s%n", runId, topology.get(round), copy.get(round), transactions.get(round));
        }
        return report(groups * SAMPLES, counted(topology), counted(copy), counted(transactions));
    }

    private static List<Cost> counted(List<Cost> rounds) {
        return rounds.subList(WARM_UP, rounds.size());
    }

    private static Report report(int trajectories, List<Cost> topology, List<Cost> copy, List<Cost> transactions) {
        Cost ours = Cost.median(topology);
        Cost plain = Cost.median(copy);
        return new Report(
                trajectories,
                ours,
                plain,
                Cost.median(transactions),
                plain.seconds() / ours.seconds(),
                plain.processorSeconds() / ours.processorSeconds(),
                plain.ownProcessorSeconds() / ours.ownProcessorSeconds());
    }

    private static void print(Shape shape, Report report) {
        System.out.printf("| %s | trajectories/s | processor us a trajectory | of these: %s |%n", shape, parts());
        System.out.println("|---|---|---|---|");
        row("topology", report.topology(), report.trajectories());
        row("plain copy", report.copy(), report.trajectories());
        row("copy in transactions", report.transactions(), report.trajectories());
        System.out.printf(
                Locale.ROOT,
                "The topology has %.2f times the rate of the plain copy, %.2f by processor time, %.2f without the"
                        + " JVM's own.%n",
                report.rate(),
                report.processorRate(),
                report.ownRate());
    }

    private static String parts() {
        return Arrays.stream(Part.values())
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static void row(String name, Cost cost, int trajectories) {
        double micros = 1e6 / trajectories;
        String parts = Arrays.stream(Part.values())
                .map(part ->
                        String.format(Locale.ROOT, "%.0f", micros * cost.parts().getOrDefault(part, 0.0)))
                .collect(Collectors.joining(", "));
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.0f | %s |%n",
                name,
                trajectories / cost.seconds(),
                micros * cost.processorSeconds(),
                parts);
    }
}
