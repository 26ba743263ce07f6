package dev.tracerl.ops;

import dev.tracerl.ops.cli.TracerlCommand;

/** Entry of the {@code tracerl} command line. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code: 0 well, 1 failed with a sentence on standard error, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(TracerlCommand.execute(args));
    }
}
