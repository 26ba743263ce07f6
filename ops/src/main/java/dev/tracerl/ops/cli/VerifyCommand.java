package dev.tracerl.ops.cli;

import dev.tracerl.ops.verify.FileJudge;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges a file of responses. */
@Command(
        name = "verify",
        description = "Judge a file of responses, one JSON object a line; needs no stack.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description =
                    "Kind of task: math, code, countdown, sudoku, choice, exact, format, weighted, judge, or that of a"
                            + " verifier of yours.")
    @SuppressWarnings("NullAway.Init")
    private String kind;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "Responses, as JSON lines.")
    @SuppressWarnings("NullAway.Init")
    private Path in;

    @Option(names = "--out", paramLabel = "FILE", description = "Judged responses (default: standard output).")
    private @Nullable Path out;

    @Option(names = "--json", description = "With --out: write the counts as JSON to standard output.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Map<String, Verifier> verifiers = Verifiers.byKind();
        Verifier verifier = verifiers.get(kind);
        if (verifier == null) {
            throw usage("there is no verifier for kind %s; there are: %s"
                    .formatted(kind, String.join(", ", new TreeSet<>(verifiers.keySet()))));
        }
        requireFiles();
        PrintWriter errors = command.commandLine().getErr();
        FileJudge.Counts counts = judge(verifier, errors);
        report(counts, errors);
        return counts.bad() == 0 ? ExitCode.SUCCESS : ExitCode.FINDING;
    }

    private void requireFiles() throws IOException {
        if (!Files.isReadable(in) || Files.isDirectory(in)) {
            throw usage("cannot read file " + in);
        }
        if (out != null && Files.exists(out) && Files.isSameFile(in, out)) {
            throw usage("--in and --out are the same file " + in);
        }
        if (json && out == null) {
            throw usage("--json needs --out: without it the judged responses are on standard output");
        }
    }

    private void report(FileJudge.Counts counts, PrintWriter errors) {
        if (json) {
            command.commandLine().getOut().println(JsonText.of(counts));
            return;
        }
        counts.outcomes().forEach((outcome, count) -> errors.println(outcome + ": " + count));
        errors.println("bad lines: " + counts.bad());
        errors.flush();
    }

    private FileJudge.Counts judge(Verifier verifier, PrintWriter errors) throws IOException {
        // Malformed bytes become replacement characters: they spoil their line, not the file.
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        try (var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(in), decoder));
                Writer writer = writer()) {
            return new FileJudge(verifier)
                    .judge(reader, writer, (line, reason) -> errors.println(in + ":" + line + ": " + reason));
        }
    }

    private Writer writer() {
        if (out == null) {
            return command.commandLine().getOut();
        }
        try {
            return Files.newBufferedWriter(out);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "cannot write file " + out + ": " + e, e);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
