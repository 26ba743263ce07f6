package dev.tracerl.test;

import dev.tracerl.broker.FreePort;
import dev.tracerl.broker.RegistryNode;
import java.nio.file.Path;

/** The real schema registry in a process of its own; its schemas are gone when it is closed. */
public final class EmbeddedRegistry implements AutoCloseable {
    private final TemporaryDirectory directory = TemporaryDirectory.create("registry");
    private final RegistryNode node;

    private EmbeddedRegistry(Path home) {
        node = RegistryNode.start(home, directory.path(), FreePort.find());
    }

    /** Starts the registry that the build unpacked; the build tells tests where by a system property. */
    public static EmbeddedRegistry start() {
        return new EmbeddedRegistry(Path.of(System.getProperty("tracerl.registry.home", "../broker/target/registry")));
    }

    /** The address for {@code schema.registry.url}. */
    public String url() {
        return node.url();
    }

    @Override
    public void close() {
        node.close();
        directory.close();
    }
}
