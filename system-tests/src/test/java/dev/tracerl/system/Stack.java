package dev.tracerl.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** The running stack of a data folder, as its state file describes it. */
final class Stack {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path stateFile;

    Stack(Path dataDir) {
        this.stateFile = dataDir.resolve("stack.json");
    }

    Connection connection() {
        JsonNode state = read();
        return new Connection(
                state.get("bootstrapServers").asText(), state.get("registryUrl").asText());
    }

    /** Kills a service as the kernel would, without any warning. */
    void kill(String service) throws InterruptedException {
        ProcessHandle process =
                process(service).orElseThrow(() -> new AssertionError("no process " + service + " in " + read()));
        process.destroyForcibly();
        process.onExit().join();
    }

    private Optional<ProcessHandle> process(String service) {
        for (JsonNode process : read().get("processes")) {
            if (process.get("name").asText().startsWith(service)) {
                return ProcessHandle.of(process.get("pid").asLong());
            }
        }
        return Optional.empty();
    }

    private JsonNode read() {
        try {
            return JSON.readTree(stateFile.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
