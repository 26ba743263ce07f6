package dev.tracerl.verifiers.judge;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a language model for the score of a response, or for one of each of its steps. {@link JudgeTask} describes the inputs,
 * {@link JudgeSettings} the environment. Only what the judge says becomes a score: a judge that cannot be reached is a failure,
 * and so is one that does not answer as asked, about a plain response either. If it does so about that one, it is the response
 * that led it astray, which is no way to be left out of a group: that response is wrong. An operation is one character of
 * the response.
 */
public final class JudgeVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "judge";

    /** A response that leads a judge to nothing; one that scores it as asked can do so. */
    private static final String CONTROL = "I do not know.";

    private static final String LED = "leads a judge, which scores a plain response, to say something else: ";

    private final Supplier<JudgeClient> client;

    /** Asks the endpoint of the environment. All verifiers of this process together keep its bound on requests. */
    public JudgeVerifier() {
        this(() -> OfEnvironment.CLIENT.get());
    }

    /** Asks through a client, which throws {@link IllegalArgumentException} if there is none, saying what to set. */
    JudgeVerifier(Supplier<JudgeClient> client) {
        this.client = client;
    }

    /** Created when it is first needed, once per process. */
    private static final class OfEnvironment {
        static final Supplier<JudgeClient> CLIENT = create();

        private static Supplier<JudgeClient> create() {
            try {
                JudgeClient client = new JudgeClient(JudgeSettings.of(System.getenv()));
                return () -> client;
            } catch (IllegalArgumentException e) {
                return () -> {
                    throw e;
                };
            }
        }
    }

    /** Asks the endpoint that these variables name, rather than those of the environment. */
    public static JudgeVerifier of(Map<String, String> environment) {
        JudgeClient client = new JudgeClient(JudgeSettings.of(environment));
        return new JudgeVerifier(() -> client);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public Optional<String> unavailable() {
        try {
            Objects.requireNonNull(client.get());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("tasks of kind judge need an endpoint: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        try {
            JudgeTask.of(task);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        Optional<String> unavailable = unavailable();
        if (unavailable.isPresent()) {
            return new Verdict.Failed(unavailable.get(), 0);
        }
        return judge(JudgeTask.of(task), answer);
    }

    /** A response without content, or too long for the judge, is wrong: its size is no way to be left out of its group. */
    private Verdict judge(JudgeTask task, String response) {
        if (response.isBlank()) {
            return new Verdict.Incorrect("has no answer", 0);
        }
        int limit = Math.min(task.maxCharacters(), client.get().maxCharacters());
        if (response.getBytes(StandardCharsets.UTF_8).length > limit) {
            return new Verdict.Incorrect("is too long for the judge: more than " + limit + " characters", limit);
        }
        long end = System.nanoTime() + task.limits().time().toNanos();
        Answered answered = ask(task, response, task.limits());
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!answered.saysNothing() || left.isNegative()) {
            return answered.verdict();
        }
        JudgeTask.Limits rest = new JudgeTask.Limits(task.limits().attempts(), left);
        boolean sound =
                ask(task, control(answered.steps()), rest).verdict().score().isPresent();
        return sound ? new Verdict.Incorrect(LED + answered.verdict().reason(), response.length()) : answered.verdict();
    }

    /** A response of as many steps, however steps are told apart: a judge that cannot count them is not led astray. */
    private static String control(int steps) {
        return String.join("\n\n", Collections.nCopies(steps, CONTROL));
    }

    /**
     * What came of one question.
     *
     * @param steps of the response
     * @param saysNothing whether the judge answered, but not as asked
     */
    private record Answered(Verdict verdict, int steps, boolean saysNothing) {}

    private Answered ask(JudgeTask task, String response, JudgeTask.Limits limits) {
        Question question = Question.of(task, response);
        int steps = question.ends().size();
        Reply reply = client.get().ask(question.request(), limits);
        if (reply instanceof Reply.Text text) {
            Verdict verdict = new Scoring(task, question.ends(), response.length()).verdict(text.content());
            return new Answered(verdict, steps, verdict.score().isEmpty());
        } else if (reply instanceof Reply.CutOff cut) {
            return new Answered(new Verdict.Failed(cut.reason(), response.length()), steps, true);
        }
        Verdict verdict = reply instanceof Reply.TooLate late
                ? new Verdict.TimedOut(late.reason(), response.length())
                : new Verdict.Failed(((Reply.None) reply).reason(), response.length());
        return new Answered(verdict, steps, false);
    }
}
