package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.DataDir;
import java.nio.file.Path;

/** Sends the log of this process to a file, so that the terminal shows only what is meant for the user. */
final class CommandLog {

    private CommandLog() {}

    /** To be called before anything logs. */
    static void toFile(Path dataDir) {
        Path log = new DataDir(dataDir).create().log("tracerl");
        System.setProperty("org.slf4j.simpleLogger.logFile", log.toString());
    }
}
