package dev.tracerl.verifiers.weighted;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mixes the scores of other verifiers. Input {@code parts}: weights and kinds, such as {@code 0.9 math, 0.1 format}; all
 * other inputs go to every part. The score is the weighted mean; a part without a score makes the whole one like it, so
 * that a format is never paid for an answer that could not be judged. If a part scores chunks, so does the whole: in each
 * chunk a part without any counts with its score of the whole. Operations are those of the parts.
 */
public final class WeightedVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "weighted";

    /** Name of the input with the weights and kinds. */
    public static final String PARTS = "parts";

    private @Nullable Map<String, Verifier> verifiers;

    /** Mixes the verifiers on the class path. */
    public WeightedVerifier() {}

    /** Mixes the given verifiers, by kind. */
    public WeightedVerifier(Map<String, Verifier> verifiers) {
        this.verifiers = new TreeMap<>(verifiers);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Includes the versions of all that can be mixed. */
    @Override
    public String version() {
        StringBuilder version = new StringBuilder("2");
        new TreeMap<>(verifiers()).forEach((kind, verifier) -> {
            if (!kind.equals(KIND)) {
                version.append(' ').append(kind).append('-').append(verifier.version());
            }
        });
        return version.toString();
    }

    /** Any part may need a worker. */
    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public boolean isComposite() {
        return true;
    }

    /** Why one of the task's parts is; a malformed task needs nothing of the host. */
    @Override
    public Optional<String> unavailable(TaskInputs task) {
        if (invalid(task).isPresent()) {
            return Optional.empty();
        }
        return Part.parse(task.inputs().getOrDefault(PARTS, "")).stream()
                .map(part -> verifier(part).unavailable(task))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        try {
            for (Part part : Part.parse(task.inputs().getOrDefault(PARTS, ""))) {
                Verifier verifier = verifiers().get(part.kind());
                if (verifier == null || part.kind().equals(KIND)) {
                    return Optional.of("parts has kind " + part.kind() + ", which cannot be mixed");
                }
                Optional<String> invalid = verifier.invalid(task);
                if (invalid.isPresent()) {
                    return Optional.of(part.kind() + ": " + invalid.get());
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        return mix(task, part -> Optional.of(verifier(part).verify(task, answer)))
                .orElseThrow();
    }

    @Override
    public Optional<Verdict> verifyInline(TaskInputs task, String answer) {
        return mix(task, part -> verifier(part).verifyInline(task, answer));
    }

    /** Empty if a part has no verdict. */
    private Optional<Verdict> mix(TaskInputs task, Function<Part, Optional<Verdict>> judge) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return Optional.of(new Verdict.Unverifiable(invalid.get(), 0));
        }
        Mixture mixture = new Mixture();
        for (Part part : Part.parse(task.inputs().getOrDefault(PARTS, ""))) {
            Optional<Verdict> verdict = judge.apply(part);
            if (verdict.isEmpty() || verdict.get().score().isEmpty()) {
                return verdict;
            }
            mixture.add(part, verdict.get());
        }
        return Optional.of(mixture.verdict());
    }

    private Verifier verifier(Part part) {
        return Objects.requireNonNull(verifiers().get(part.kind()), part.kind());
    }

    /** Asks the verifiers that were found with this one, which have processes and sandboxes, rather than others. */
    @Override
    public synchronized void among(Map<String, Verifier> byKind) {
        verifiers = new TreeMap<>(byKind);
    }

    /** Looked up at the first use by one that was created alone. */
    private synchronized Map<String, Verifier> verifiers() {
        if (verifiers == null) {
            verifiers = new TreeMap<>(Verifiers.byKind());
        }
        return verifiers;
    }
}
