package dev.tracerl.ops.cli;

import picocli.CommandLine.Option;

/** What becomes of a run that the services work on when another one is started. */
final class TakeOverOption {

    @Option(
            names = "--take-over",
            description = "Take the services off a run that goes on; it can be started again later (default: refuse).")
    private boolean takeOver;

    boolean asked() {
        return takeOver;
    }
}
