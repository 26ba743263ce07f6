package dev.tracerl.ops;

import dev.tracerl.ops.cli.TracerlCommand;

/** Entry of the {@code tracerl} command line. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code, as the help of every command lists them. */
    public static void main(String[] args) {
        System.exit(TracerlCommand.execute(args));
    }
}
