package dev.tracerl.verifiers.weighted;

import dev.tracerl.verifiers.ChunkScore;
import dev.tracerl.verifiers.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Adds up the verdicts of the parts. */
final class Mixture {

    private final List<Weighted> verdicts = new ArrayList<>();

    private record Weighted(Part part, Verdict verdict) {

        double score() {
            return part.weight() * verdict.score().orElseThrow();
        }

        /** The score of the chunk that holds the character before an index; without chunks, that of the whole. */
        double scoreAt(int end) {
            double score = verdict.chunks().stream()
                    .filter(chunk -> chunk.end() >= end)
                    .findFirst()
                    .map(ChunkScore::score)
                    .orElseGet(() -> verdict.score().orElseThrow());
            return part.weight() * score;
        }
    }

    /** Adds a verdict that has a score. */
    void add(Part part, Verdict verdict) {
        verdicts.add(new Weighted(part, verdict));
    }

    /** The verdict on the whole, and on chunks if a part has them. */
    Verdict verdict() {
        List<ChunkScore> chunks = chunks();
        return chunks.isEmpty() ? whole() : new Verdict.InChunks(whole(), chunks);
    }

    private Verdict whole() {
        long operations =
                verdicts.stream().mapToLong(each -> each.verdict().operations()).sum();
        double score = verdicts.stream().mapToDouble(Weighted::score).sum();
        if (score == weights()) {
            return new Verdict.Correct(operations);
        }
        List<String> reasons = verdicts.stream()
                .filter(each -> !each.verdict().reason().isEmpty())
                .map(each -> each.part().kind() + ": " + each.verdict().reason())
                .toList();
        String reason = String.join("; ", reasons);
        return score == 0
                ? new Verdict.Incorrect(reason, operations)
                : new Verdict.Partial(score / weights(), reason, operations);
    }

    /** Wherever a chunk of any part ends, the weighted mean of what the parts say about the text before it. */
    private List<ChunkScore> chunks() {
        Set<Integer> ends = new TreeSet<>();
        verdicts.forEach(each -> each.verdict().chunks().forEach(chunk -> ends.add(chunk.end())));
        return ends.stream().map(end -> new ChunkScore(end, scoreAt(end))).toList();
    }

    private double scoreAt(int end) {
        return verdicts.stream().mapToDouble(each -> each.scoreAt(end)).sum() / weights();
    }

    private double weights() {
        return verdicts.stream().mapToDouble(each -> each.part().weight()).sum();
    }
}
