package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.stack.DataDir;
import dev.tracerl.ops.stack.LogTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the end of a process's log. */
@Command(name = "logs", description = "Show the log of a process of the stack.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 300;

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROCESS",
            description = "Name of the process, as status shows it (default: events, what happened to the stack).")
    private String process = "events";

    @Option(
            names = "-n",
            paramLabel = "LINES",
            converter = Formats.Count.class,
            description = "Number of lines (default: 40).")
    private int lines = 40;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is written.")
    private boolean follow;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path log = new DataDir(dataDir.path()).log(process);
        if (!Files.exists(log)) {
            throw new BadInputException("there is no log named %s; there are: %s".formatted(process, known()));
        }
        PrintWriter out = command.commandLine().getOut();
        long end = Files.size(log);
        LogTail.lines(log, lines).forEach(out::println);
        out.flush();
        while (follow) {
            Thread.sleep(POLL_MILLIS);
            end = copyFrom(log, end, out);
        }
        return 0;
    }

    /** A log that is shorter than it was, or not there, was put away; a new one begins. */
    private static long copyFrom(Path log, long end, PrintWriter out) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = file.length() < end ? 0 : end;
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            out.print(new String(bytes, StandardCharsets.UTF_8));
            out.flush();
            return from + bytes.length;
        }
    }

    private String known() throws IOException {
        Path folder = dataDir.path().resolve("logs");
        if (!Files.isDirectory(folder)) {
            return "none";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
