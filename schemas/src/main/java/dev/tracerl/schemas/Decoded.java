package dev.tracerl.schemas;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of decoding a record's value: the value, or the reason why there is none, for its dead letter.
 *
 * @param value the value, absent if the bytes could not be decoded
 * @param problem why not; empty if decoded
 */
public record Decoded<V>(Optional<V> value, String problem) {

    /** What says that the registry was not reached, or let nobody in, and nothing of the record. */
    private static final List<Class<?>> REGISTRY_DOWN = List.of(
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            RetriableException.class,
            AuthenticationException.class,
            AuthorizationException.class);

    /**
     * Decodes a value.
     *
     * @throws RetriableException if the registry cannot be reached: the record is not at fault and must be read again
     */
    public static <V extends SpecificRecord> Decoded<V> of(
            Deserializer<V> deserializer, String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded<>(Optional.empty(), "the record has no value");
        }
        try {
            return new Decoded<>(Optional.of(deserializer.deserialize(topic, bytes)), "");
        } catch (SerializationException e) {
            if (isRegistryDown(e)) {
                throw new RegistryUnavailableException(e);
            }
            return new Decoded<>(Optional.empty(), describe(e));
        }
    }

    private static boolean isRegistryDown(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Throwable found = cause;
            if (REGISTRY_DOWN.stream().anyMatch(type -> type.isInstance(found))) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == e ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + root.getMessage();
    }
}
