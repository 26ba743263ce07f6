package dev.tracerl.ops.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of a stack, common to most commands. */
final class DataDirOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder that holds everything the stack writes (default: .tracerl in the project).")
    private @Nullable Path path;

    Path path() {
        Path chosen = path == null ? StackOptions.installation().home().resolve(".tracerl") : path;
        return chosen.toAbsolutePath().normalize();
    }
}
