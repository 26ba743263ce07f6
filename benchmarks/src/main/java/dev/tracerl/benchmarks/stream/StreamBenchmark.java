package dev.tracerl.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.broker.FreePort;
import dev.tracerl.broker.KafkaNode;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trajectories a second through the whole reward topology, beside a plain copy of the same records and a copy in
 * transactions as often as the topology commits. One stream thread, sudoku verifiers, a real broker in this process.
 * Rounds take turns, the first is not counted; {@code --quick} is small, {@code --json FILE} writes the numbers.
 */
public final class StreamBenchmark {

    private static final int SAMPLES = 16;

    private StreamBenchmark() {}

    /**
     * Medians of the rounds.
     *
     * @param rate of the topology as a share of the plain copy's, by the clock
     * @param processorRate the same by processor seconds
     */
    record Report(
            int trajectories,
            int rounds,
            Cost topology,
            Cost copy,
            Cost transactions,
            double rate,
            double processorRate) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        Path directory = Files.createTempDirectory("stream-benchmark");
        try (KafkaNode node = KafkaNode.start(directory.resolve("kafka"), FreePort.find(), Map.of())) {
            Connection connection = new Connection(node.bootstrapServers(), "mock://stream-benchmark");
            StreamLog log = new StreamLog(connection, connection.serdes());
            Report report = run(log, directory.resolve("streams"), quick);
            print(report);
            int json = options.indexOf("--json");
            if (json >= 0) {
                byte[] text =
                        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
                Files.write(Path.of(options.get(json + 1)), text);
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Report run(StreamLog log, Path directory, boolean quick) throws InterruptedException {
        int groups = quick ? 200 : 2000;
        int rounds = quick ? 2 : 3;
        List<Cost> topology = new ArrayList<>();
        List<Cost> copy = new ArrayList<>();
        List<Cost> transactions = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Workload workload = new Workload("round-" + round, groups, SAMPLES);
            log.write(workload);
            copy.add(new CopyRound(log, false).run(workload));
            transactions.add(new CopyRound(log, true).run(workload));
            topology.add(new TopologyRound(log, directory).run(workload));
            System.err.printf(
                    "round %d: %s, copies %s, %s%n",
                    round, topology.get(round), copy.get(round), transactions.get(round));
        }
        return report(groups * SAMPLES, counted(topology), counted(copy), counted(transactions));
    }

    private static List<Cost> counted(List<Cost> rounds) {
        return rounds.subList(1, rounds.size());
    }

    private static Report report(int trajectories, List<Cost> topology, List<Cost> copy, List<Cost> transactions) {
        Cost ours = Cost.median(topology);
        Cost plain = Cost.median(copy);
        return new Report(
                trajectories,
                topology.size(),
                ours,
                plain,
                Cost.median(transactions),
                plain.seconds() / ours.seconds(),
                plain.processorSeconds() / ours.processorSeconds());
    }

    private static void print(Report report) {
        System.out.println("| what | trajectories/s | processor ms a trajectory |");
        System.out.println("|---|---|---|");
        row("topology", report.topology(), report.trajectories());
        row("plain copy", report.copy(), report.trajectories());
        row("copy in transactions", report.transactions(), report.trajectories());
        System.out.printf(
                Locale.ROOT,
                "The topology has %.2f times the rate of the plain copy, %.2f by processor time.%n",
                report.rate(),
                report.processorRate());
    }

    private static void row(String name, Cost cost, int trajectories) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.3f |%n",
                name,
                trajectories / cost.seconds(),
                1000 * cost.processorSeconds() / trajectories);
    }
}
