package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.Installation;
import dev.tracerl.ops.stack.StackSettings;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a local stack consists of, common to the commands that start one. */
final class StackOptions {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--rollouts", paramLabel = "N", description = "rollout-producer processes (default: 1).")
    private int rollouts = 1;

    @Option(
            names = "--verifiers",
            paramLabel = "N",
            description = "Workers; tasks of kind code, math or weighted need one (default: 0).")
    private int verifiers;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            converter = Formats.Port.class,
            description = "Port of the broker (default: a free one).")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            converter = Formats.Port.class,
            description = "Port of the registry (default: a free one).")
    private int registryPort;

    Path dataDir() {
        return dataDir.path();
    }

    StackSettings settings() {
        return new StackSettings(dataDir.path(), rollouts, verifiers, brokerPort, registryPort, StackSettings.LOCAL);
    }

    /** The project that this command line was packaged from; the launcher says where it is. */
    static Installation installation() {
        return new Installation(Path.of(System.getProperty("tracerl.home", ".")).toAbsolutePath());
    }
}
