package dev.tracerl.trainer.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/** A producer that crashes after a call that writes. */
public final class CrashingProducer {

    private static final Set<String> WRITES = Set.of("beginTransaction", "send", "commitTransaction");

    private CrashingProducer() {}

    /** A producer that does what another one does, until the crash. */
    @SuppressWarnings("unchecked")
    public static Producer<String, SpecificRecord> of(Producer<String, SpecificRecord> producer, CrashPoints points) {
        return (Producer<String, SpecificRecord>) Proxy.newProxyInstance(
                CrashingProducer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (WRITES.contains(method.getName())) {
                        points.pass(method.getName());
                    }
                    return result;
                });
    }
}
