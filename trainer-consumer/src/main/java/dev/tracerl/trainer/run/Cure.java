package dev.tracerl.trainer.run;

import dev.tracerl.model.torch.TorchUnavailableException;
import dev.tracerl.schemas.client.ServiceMemory;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.state.DirectoryInUseException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What can cure a failure of the trainer. */
enum Cure {
    /** Time: the broker, the registry or the disk is away. */
    TIME,

    /** Another process: this one has no memory, no device or no access any more. */
    RESTART,

    /** Nothing is to be cured: another trainer has taken over, and to fence it in turn would never end. */
    YIELD,

    /** Nothing here: it would happen again. */
    NOTHING;

    private static final List<Class<? extends Throwable>> SUPERSEDED =
            List.of(ProducerFencedException.class, InvalidProducerEpochException.class);
    private static final List<Class<? extends Throwable>> LASTING =
            List.of(RefusedRunException.class, RecordTooLargeException.class);
    private static final List<Class<? extends Throwable>> ENVIRONMENT = List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            DirectoryInUseException.class,
            TorchUnavailableException.class,
            VirtualMachineError.class,
            LinkageError.class);

    /** libtorch's own words for a GPU, or a driver of it, that does not work. */
    private static final Pattern DEVICE = Pattern.compile("CUDA (driver )?error|CUBLAS_STATUS_|cuDNN error");

    static Cure of(Throwable failure) {
        if (isCausedBy(failure, SUPERSEDED)) {
            return YIELD;
        }
        if (isCausedBy(failure, LASTING)) {
            return NOTHING;
        }
        if (isCausedBy(failure, ENVIRONMENT) || isOfTheMachine(failure)) {
            return RESTART;
        }
        return failure instanceof KafkaException || failure instanceof UncheckedIOException ? TIME : NOTHING;
    }

    private static boolean isCausedBy(Throwable failure, List<Class<? extends Throwable>> types) {
        return causes(failure).anyMatch(cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }

    private static boolean isOfTheMachine(Throwable failure) {
        return ServiceMemory.TRAINER.advice(failure).isPresent()
                || causes(failure)
                        .anyMatch(cause -> DEVICE.matcher(cause.toString()).find());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
