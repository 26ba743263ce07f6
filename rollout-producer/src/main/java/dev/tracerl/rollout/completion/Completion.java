package dev.tracerl.rollout.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request in progress. It ends once, and gives its slots back then.
 *
 * <pre>
 *   accepted --begin--> sampled --last choice--> done
 *   any --refuse--> refused, --cancel--> nobody is told
 * </pre>
 *
 * Choices are owned by the thread of completions; the rest is thread-safe.
 */
public final class Completion {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final CompletionListener listener;
    private final Slots slots;
    private final Consumer<Completion> onEnd;
    private final List<Choice> choices = new ArrayList<>();
    private @Nullable CompletionRequest request;
    private int reserved;
    private volatile boolean ended;

    /** @param onEnd called once, by whatever thread ends it */
    Completion(CompletionListener listener, Slots slots, Consumer<Completion> onEnd) {
        this.listener = listener;
        this.slots = slots;
        this.onEnd = onEnd;
    }

    /** The client has gone: nobody wants an answer any more. False if it had ended before. */
    public boolean cancel() {
        return end();
    }

    /** Takes slots for prompts; false if there are not enough, or nobody waits any more. */
    synchronized boolean reserve(int prompts) {
        boolean taken = !ended && slots.take(prompts);
        reserved += taken ? prompts : 0;
        return taken;
    }

    /** Does a part of the work, unless nobody waits for it any more; what goes wrong is the answer. */
    void attempt(Runnable work) {
        if (ended) {
            return;
        }
        try {
            work.run();
        } catch (RefusedException e) {
            refuse(e.problem());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a completion failed");
            refuse(Problem.failed("the request could not be answered: " + e));
        }
    }

    void begin(CompletionRequest checked, TextRules rules) {
        request = checked;
        int count = checked.prompts().size() * checked.samples();
        for (int i = 0; i < count; i++) {
            choices.add(new Choice(i, rules));
        }
    }

    Choice choice(int index) {
        return choices.get(index);
    }

    /** Passes on what is new of a choice. */
    void pass(Piece piece) {
        if (ended) {
            return;
        }
        CompletionRequest begun = Objects.requireNonNull(request, "the request has not begun");
        if (begun.answer().stream()) {
            listener.piece(begun, piece);
        }
        if (choices.stream().allMatch(Choice::ended) && end()) {
            listener.done(begun, List.copyOf(choices));
        }
    }

    void refuse(Problem problem) {
        if (end()) {
            listener.refused(problem);
        }
    }

    boolean ended() {
        return ended;
    }

    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            slots.giveBack(reserved);
        }
        onEnd.accept(this);
        return true;
    }
}
