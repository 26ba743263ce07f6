package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.DataDir;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends the log of this process to a file, so that the terminal shows only what is meant for the user. */
final class CommandLog {

    private static final String LOGGER = "org.slf4j.simpleLogger.";

    private CommandLog() {}

    /** To be called before anything logs. A data folder that is not there is not made for a log: then there is none. */
    static void toFile(Path dataDir) {
        if (Files.isDirectory(dataDir)) {
            inNew(dataDir);
        } else {
            System.setProperty(LOGGER + "defaultLogLevel", "off");
        }
    }

    /** The same of a command that writes into the data folder anyway. */
    static void inNew(Path dataDir) {
        Path log = new DataDir(dataDir).create().log("tracerl");
        System.setProperty(LOGGER + "logFile", log.toString());
    }

    /** Where a GPU is asked for, DJL's word on what is wrong with CUDA is wanted; see simplelogger.properties. */
    static void ofDevice(String device) {
        if (device.startsWith("cuda")) {
            System.setProperty(LOGGER + "log.ai.djl.util.cuda.CudaUtils", "warn");
        }
    }
}
