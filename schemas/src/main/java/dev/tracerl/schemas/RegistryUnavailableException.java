package dev.tracerl.schemas;

import org.apache.kafka.common.errors.RetriableException;

/** The schema registry cannot be reached: wait and read the record again. */
public final class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(Throwable cause) {
        super("the schema registry cannot be reached", cause);
    }
}
