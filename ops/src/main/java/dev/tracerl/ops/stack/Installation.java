package dev.tracerl.ops.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the packaged jars are.
 *
 * @param home root of the project
 */
public record Installation(Path home) {

    /** Jar of the command line; its manifest names what it needs, the broker included. */
    Path commandLine() {
        return present(home.resolve("ops/target/tracerl-ops.jar"));
    }

    /** Folder of the unpacked schema registry. */
    Path registry() {
        return present(home.resolve("broker/target/registry"));
    }

    /**
     * Jar that starts a service.
     *
     * @param module folder of the service's module
     */
    Path service(String module) {
        return present(home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** The java command of the running JDK. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path present(Path built) {
        if (!Files.exists(built)) {
            throw new StackException(
                    built + " is missing: build it with ./mvnw -Dquick -Dmaven.test.skip=true package");
        }
        return built;
    }
}
