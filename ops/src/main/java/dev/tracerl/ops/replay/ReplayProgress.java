package dev.tracerl.ops.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.replay.ReplayResult.Difference;
import dev.tracerl.ops.replay.ReplayResult.Version;
import dev.tracerl.ops.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of a replay so far, shown as it comes. Not thread-safe. */
final class ReplayProgress {

    private final Screen screen;
    private final List<Version> versions = new ArrayList<>();
    private long startStep;
    private long lastStep;
    private long to;
    private String device = "";
    private int threads;
    private String build = "";
    private final List<String> trainedBy = new ArrayList<>();
    private @Nullable Difference difference;
    private boolean ended;

    ReplayProgress(Screen screen) {
        this.screen = screen;
    }

    /**
     * Takes an event in.
     *
     * @throws BadInputException if the log lacks what it takes to train the steps again
     * @throws StackException if something else went wrong
     */
    void add(JsonNode event) {
        switch (event.path("event").asText()) {
            case "started" -> started(event);
            case "trained" -> trained(event);
            case "same" -> same(event);
            case "differs" -> differs(event);
            case "ended" -> ended = true;
            case "failed" -> throw new BadInputException(event.path("reason").asText());
            case "broken" -> throw new StackException(event.path("reason").asText());
            default -> throw new IllegalStateException("unknown event: " + event);
        }
    }

    private void started(JsonNode event) {
        startStep = event.path("step").asLong();
        lastStep = startStep;
        to = event.path("to").asLong();
        device = event.path("device").asText();
        threads = event.path("threads").asInt();
        build = event.path("build").asText();
        event.path("builds").forEach(name -> trainedBy.add(name.asText()));
        screen.line("Starting from " + (startStep == 0 ? "the first weights" : "the trainer state of step " + startStep)
                + " on " + device + " with " + threads + (threads == 1 ? " thread" : " threads"));
        trainedBy.stream()
                .filter(trained -> !trained.equals(build))
                .forEach(trained -> screen.line("Trained by another build, so sums may differ in their last digits: "
                        + trained + "; this is " + build));
    }

    private void trained(JsonNode event) {
        lastStep = event.path("step").asLong();
        screen.progress(
                "replay",
                lastStep - startStep,
                to - startStep,
                String.format(
                        Locale.ROOT,
                        "step %d  loss %.4f",
                        lastStep,
                        event.path("loss").asDouble()));
    }

    private void same(JsonNode event) {
        Version version =
                new Version(event.path("version").asLong(), event.path("sha256").asText());
        versions.add(version);
        screen.line(String.format(
                Locale.ROOT,
                "version %4d  %s  as recorded",
                version.version(),
                version.sha256().substring(0, 12)));
    }

    private void differs(JsonNode event) {
        List<String> what = new ArrayList<>();
        event.path("what").forEach(sentence -> what.add(sentence.asText()));
        difference = new Difference(
                event.path("step").asLong(), event.path("version").asLong(), what);
    }

    /** Whether everything has been told. */
    boolean isComplete() {
        return ended || difference != null;
    }

    /** What came of it. */
    ReplayResult result(String runId, long from, long wanted, double seconds) {
        return new ReplayResult(
                runId,
                from,
                wanted,
                startStep,
                device,
                threads,
                build,
                trainedBy,
                lastStep - startStep,
                versions,
                difference,
                seconds);
    }
}
