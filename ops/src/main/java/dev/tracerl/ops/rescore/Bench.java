package dev.tracerl.ops.rescore;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The verifiers that judge again, in this process. Thread-safe. */
final class Bench {

    private final Map<String, Verifier> verifiers;
    private final Optional<String> kind;
    private final Map<String, String> parameters;

    /**
     * A bench.
     *
     * @param verifiers verifier by kind of task
     * @param kind verifier of all tasks; absent: each task's own
     * @param parameters what all tasks are given in addition to, or instead of, their own inputs
     */
    Bench(Map<String, Verifier> verifiers, Optional<String> kind, Map<String, String> parameters) {
        this.verifiers = verifiers;
        this.kind = kind;
        this.parameters = Map.copyOf(parameters);
    }

    /**
     * Finds out before anything is judged whether the tasks can be.
     *
     * @return version of each verifier that is needed
     * @throws BadInputException if one is missing, cannot work on this host, or can judge none of its tasks
     */
    Map<String, String> check(Collection<Task> tasks) {
        Map<String, List<Task>> byKind =
                tasks.stream().collect(Collectors.groupingBy(task -> kind.orElse(task.getKind())));
        Map<String, String> versions = new TreeMap<>();
        byKind.forEach((name, posed) -> versions.put(name, check(name, posed)));
        return versions;
    }

    private String check(String name, List<Task> tasks) {
        Verifier verifier = verifiers.get(name);
        if (verifier == null) {
            throw new BadInputException("there is no verifier for kind %s; there are: %s"
                    .formatted(name, String.join(", ", new TreeSet<>(verifiers.keySet()))));
        }
        verifier.unavailable().ifPresent(problem -> {
            throw new BadInputException(problem);
        });
        List<String> problems = tasks.stream()
                .map(task -> verifier.invalid(inputs(task)))
                .flatMap(Optional::stream)
                .toList();
        if (problems.size() == tasks.size()) {
            throw new BadInputException(
                    "verifier %s can judge none of the tasks (%s); give what it needs with --set input=value"
                            .formatted(name, problems.get(0)));
        }
        return verifier.version();
    }

    /** Judges an answer to a task that was checked. */
    Judged judge(Task task, String answer) {
        String name = kind.orElse(task.getKind());
        Verifier verifier = Objects.requireNonNull(verifiers.get(name), name);
        long start = System.nanoTime();
        Verdict found = verifier.verify(inputs(task), answer);
        return new Judged(name, verifier.version(), found, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    }

    private TaskInputs inputs(Task task) {
        Map<String, String> inputs = new TreeMap<>(task.getInputs());
        inputs.putAll(parameters);
        return new TaskInputs(task.getTaskId(), kind.orElse(task.getKind()), task.getPrompt(), inputs);
    }
}
