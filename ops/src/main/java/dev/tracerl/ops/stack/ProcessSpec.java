package dev.tracerl.ops.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process of the stack: how to start it and how to know that it is ready.
 *
 * @param name unique within the stack; names its log
 * @param command program and arguments
 * @param environment added to the environment of the supervisor
 * @param log file that takes its output
 * @param temporary folder of its temporary files, empty whenever it starts
 * @param health URL that tells whether it is ready, see {@link Health}
 */
record ProcessSpec(
        String name, List<String> command, Map<String, String> environment, Path log, Path temporary, URI health) {

    ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
