package dev.tracerl.ops.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.Board;
import dev.tracerl.ops.render.Denoising;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.trace.TokenNames;
import dev.tracerl.schemas.avro.Trajectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The end of a demo: summary, a solved test task, files and what to try next; all of it kept for the next call. */
final class DemoReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoOptions options;
    private final Screen screen;
    private final Path dataDir;

    DemoReport(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
        this.dataDir = options.stack().dataDir();
    }

    void show(Summary summary, RunProgress warmUp, RunProgress rl) {
        DemoCurve.write(curve(), warmUp, rl);
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(SummaryText.lines(summary));
        TokenNames names = TokenNames.of(rl.spec().getModel().getTokenizer());
        rl.solutions().anyCorrect(Summarizer.testSet(rl.spec())).ifPresent(solved -> addSolution(solved, names, lines));
        addFiles(rl.spec().getRunId(), lines);
        addNext(rl.spec().getRunId(), lines);
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(json().toFile(), summary);
            Files.write(text(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        showAgain();
    }

    /** Shows what a finished demo left. */
    void showAgain() {
        try {
            Files.readAllLines(text()).forEach(screen::line);
            if (options.json().isPresent()) {
                Files.copy(json(), options.json().get(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new DemoException("the summary cannot be read or copied: " + e.getMessage());
        }
    }

    private static void addSolution(Trajectory solved, TokenNames names, List<String> lines) {
        lines.add("");
        lines.add("A solved test task and its denoising steps:");
        lines.addAll(Denoising.lines(solved, names));
        if (Board.fits(solved)) {
            lines.add("");
            lines.addAll(Board.lines(solved));
        }
    }

    private void addFiles(String runId, List<String> lines) {
        lines.add("");
        String log = options.remote()
                .map(stack -> stack.connection().bootstrapServers())
                .orElseGet(() -> dataDir.resolve("broker").toString());
        lines.add("Log          " + log + " (topics " + runId + ".*)");
        lines.add("Weights      topic " + runId + ".weight-chunks");
        if (options.remote().isEmpty()) {
            lines.add("Checkpoints  " + dataDir.resolve("trainer-consumer"));
        }
        lines.add("Curve        " + curve());
        lines.add("Summary      " + json());
    }

    private void addNext(String runId, List<String> lines) {
        String other = options.task().equals("sudoku") ? "countdown" : "sudoku";
        lines.add("");
        lines.add("Next: ./tracerl demo --fresh --max-lag 0     serial TraceRL, for comparison");
        lines.add("      ./tracerl demo --task " + other);
        lines.add("      ./tracerl up && ./tracerl eval " + runId + "     evaluate the final version again");
        lines.add("      cp runs/%s.yaml my.yaml, change settings and the runId of each run that they change,"
                .formatted(options.task()));
        lines.add("      then ./tracerl up && ./tracerl run my.yaml");
    }

    private Path curve() {
        return dataDir.resolve(options.task() + "-curve.png");
    }

    private Path json() {
        return dataDir.resolve(options.task() + "-summary.json");
    }

    private Path text() {
        return dataDir.resolve(options.task() + "-summary.txt");
    }
}
