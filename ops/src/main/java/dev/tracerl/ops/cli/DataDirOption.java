package dev.tracerl.ops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of a stack, common to most commands. */
final class DataDirOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder that holds everything the stack writes (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of(".tracerl");

    Path path() {
        return path.toAbsolutePath().normalize();
    }
}
