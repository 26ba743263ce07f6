package dev.tracerl.rollout;

import dev.tracerl.schemas.client.Connection;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker and one registry for all integration tests; hands them their {@link Connection}. */
public final class Stack implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Stack.class);

    private record Running(EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {
        @Override
        public void close() {
            registry.close();
            kafka.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Connection.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "stack", key -> new Running(EmbeddedKafka.start(), EmbeddedRegistry.start()), Running.class);
        return new Connection(
                running.kafka().bootstrapServers(), running.registry().url());
    }
}
