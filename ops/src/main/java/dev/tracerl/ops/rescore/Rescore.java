package dev.tracerl.ops.rescore;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.Change;
import dev.tracerl.ops.run.ChangedGroups;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.InterruptException;

/** Judges the logged trajectories of a run again and compares. */
public final class Rescore {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Map<String, Verifier> verifiers;

    /** With the verifiers that the services have. */
    public Rescore(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
        this.verifiers = Verifiers.byKind();
    }

    /**
     * What is tried.
     *
     * @param verifier kind of the verifier; absent: that of each task
     * @param changes inputs of the verifier, and group rules, whose keys begin with {@code groups.}
     * @param range which groups
     * @param name what the verdicts' topic is called
     */
    public record Trial(Optional<String> verifier, List<Change> changes, Range range, String name) {

        public Trial {
            changes = List.copyOf(changes);
        }

        private List<Change> rules() {
            return changes.stream()
                    .filter(change -> change.path().startsWith(ChangedGroups.PREFIX))
                    .toList();
        }

        private Map<String, String> inputs() {
            Map<String, String> inputs = new TreeMap<>();
            changes.stream()
                    .filter(change -> !change.path().startsWith(ChangedGroups.PREFIX))
                    .forEach(change -> inputs.put(change.path(), change.text()));
            return inputs;
        }
    }

    /** Told how many groups of how many are done. */
    @FunctionalInterface
    public interface Progress {

        /** So many are done. */
        void done(int groups, int total);
    }

    /**
     * Judges again.
     *
     * @throws BadInputException if there is nothing to judge, or the verifier cannot
     */
    public RescoreReport run(RunSpec run, Trial trial, Progress progress) {
        GroupSpec rules = ChangedGroups.of(run.getGroups(), trial.rules());
        LoggedGroups.Found found = LoggedGroups.read(connection, serdes, run.getRunId(), trial.range());
        if (found.groups().isEmpty()) {
            throw new BadInputException("run %s has no training group in that range that has ended (%d have not)"
                    .formatted(run.getRunId(), found.inFlight()));
        }
        Bench bench = new Bench(verifiers, trial.verifier(), trial.inputs());
        Map<String, String> versions = bench.check(tasks(found));
        List<String> settings = trial.changes().stream().map(Change::toString).toList();
        Topic<Verdict> topic = RunTopics.of(run.getRunId()).rescoredVerdicts(trial.name());
        Comparison comparison = new Comparison(run.getGroups(), rules);
        try (VerdictWriter writer = VerdictWriter.open(connection, serdes, run.getRunId(), topic, settings)) {
            judge(found.groups(), bench, progress, (group, judged) -> {
                writer.write(group, judged);
                comparison.add(group, judged);
            });
            writer.finish();
        }
        return comparison.report(run.getRunId(), topic.name(), versions, settings, found);
    }

    private static List<Task> tasks(LoggedGroups.Found found) {
        return found.groups().stream().map(LoggedGroup::task).toList();
    }

    private interface Taker {

        void take(LoggedGroup group, List<Judged> judged);
    }

    /** Judges in parallel and takes the results in order. */
    private static void judge(List<LoggedGroup> groups, Bench bench, Progress progress, Taker taker) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<List<Judged>>> judged = new ArrayList<>();
            groups.forEach(group -> judged.add(threads.submit(() -> judge(group, bench))));
            for (int i = 0; i < groups.size(); i++) {
                taker.take(groups.get(i), judged.get(i).get());
                progress.done(i + 1, groups.size());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verifier failed", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted; the verdicts so far stay on their topic", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Judged> judge(LoggedGroup group, Bench bench) {
        return group.samples().stream()
                .map(sample -> bench.judge(group.task(), sample.answer()))
                .toList();
    }
}
