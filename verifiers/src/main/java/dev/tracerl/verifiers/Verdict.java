package dev.tracerl.verifiers;

import java.util.List;
import java.util.OptionalDouble;

/** What a verifier found. Only correct, incorrect and partial verdicts have a score that can become a reward. */
public sealed interface Verdict {

    /** The kinds of verdict; the name is that of the outcome on the log. */
    enum Outcome {
        CORRECT,
        INCORRECT,
        PARTIAL,
        UNVERIFIABLE,
        TIMED_OUT,
        FAILED
    }

    /** Its kind; of chunks, that of the whole. */
    Outcome outcome();

    /** Elementary operations that were used, as the verifier counts them; the same for the same task and answer. */
    long operations();

    /** Why, in words; empty for a correct answer. */
    default String reason() {
        return "";
    }

    /** Score from 0 to 1; empty if the answer could not be judged. */
    default OptionalDouble score() {
        return OptionalDouble.empty();
    }

    /** Scores of consecutive chunks of the answer; empty if it was judged as a whole only. */
    default List<ChunkScore> chunks() {
        return List.of();
    }

    /** The answer is right; score 1. */
    record Correct(long operations) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.CORRECT;
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(1);
        }
    }

    /** The answer is wrong; score 0. */
    record Incorrect(String reason, long operations) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.INCORRECT;
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(0);
        }
    }

    /**
     * The answer is right in part.
     *
     * @param share the score, from 0 to 1
     */
    record Partial(double share, String reason, long operations) implements Verdict {
        public Partial {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share is " + share + ", must be in [0, 1]");
            }
        }

        @Override
        public Outcome outcome() {
            return Outcome.PARTIAL;
        }

        @Override
        public OptionalDouble score() {
            return OptionalDouble.of(share);
        }
    }

    /** The task cannot be judged by this verifier, whatever the answer. */
    record Unverifiable(String reason, long operations) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.UNVERIFIABLE;
        }
    }

    /** The budget of operations or time ran out. */
    record TimedOut(String reason, long operations) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.TIMED_OUT;
        }
    }

    /** The verifier itself failed. */
    record Failed(String reason, long operations) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.FAILED;
        }
    }

    /**
     * A judgment of the whole answer, and one of each of its chunks.
     *
     * @param whole on the whole answer
     * @param chunks in the order of the answer, at least one, with ascending ends
     */
    record InChunks(Verdict whole, List<ChunkScore> chunks) implements Verdict {
        public InChunks {
            chunks = List.copyOf(chunks);
            if (chunks.isEmpty()) {
                throw new IllegalArgumentException("there is no chunk");
            }
            for (int i = 1; i < chunks.size(); i++) {
                if (chunks.get(i).end() <= chunks.get(i - 1).end()) {
                    throw new IllegalArgumentException(
                            "chunk " + i + " ends at " + chunks.get(i).end() + ", not after the one before it");
                }
            }
        }

        @Override
        public Outcome outcome() {
            return whole.outcome();
        }

        @Override
        public long operations() {
            return whole.operations();
        }

        @Override
        public String reason() {
            return whole.reason();
        }

        @Override
        public OptionalDouble score() {
            return whole.score();
        }
    }
}
