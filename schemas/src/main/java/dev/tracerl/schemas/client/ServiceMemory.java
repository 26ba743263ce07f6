package dev.tracerl.schemas.client;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The memory of a service: where its Java options come from, and what to change when there is not enough of it. */
public enum ServiceMemory {
    ROLLOUT("TRACERL_ROLLOUT_JAVA_OPTS", "fewer tracerl.rollout.active-sequences, or another device"),
    REWARD("TRACERL_REWARD_JAVA_OPTS", "fewer processes"),
    TRAINER("TRACERL_TRAINER_JAVA_OPTS", "a smaller loss.microBatchTokens, or another device");

    private static final Pattern DIRECT = Pattern.compile("direct buffer memory", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEAP = Pattern.compile("Java heap space|GC overhead limit exceeded");
    private static final Pattern THREADS = Pattern.compile("unable to create (new )?native thread");
    private static final Pattern GPU = Pattern.compile("CUDA out of memory|CUDA error: out of memory");
    private static final Pattern MACHINE =
            Pattern.compile("[Cc]an(no|')t allocate memory|not enough memory: you tried to allocate");
    private static final Pattern OTHER = Pattern.compile("OutOfMemoryError");

    private final String javaOptions;
    private final String lessTensors;

    ServiceMemory(String javaOptions, String lessTensors) {
        this.javaOptions = javaOptions;
        this.lessTensors = lessTensors;
    }

    /** Environment variable of {@code tracerl up} with further Java options of the service. */
    public String javaOptions() {
        return javaOptions;
    }

    /** What ran out and what to change, if a failure is one of memory. */
    public Optional<String> advice(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> advice(cause.toString()).stream())
                .findFirst();
    }

    /** What ran out and what to change, if a line of a log tells of a failure of memory. */
    public Optional<String> advice(String line) {
        if (DIRECT.matcher(line).find()) {
            return Optional.of("it ran out of Java's direct memory: raise -XX:MaxDirectMemorySize" + where());
        }
        if (HEAP.matcher(line).find()) {
            return Optional.of("it ran out of Java's heap: raise -Xmx" + where());
        }
        if (THREADS.matcher(line).find()) {
            return Optional.of("the system gives it no more threads: raise its limit of processes (ulimit -u)");
        }
        if (GPU.matcher(line).find()) {
            return Optional.of("the GPU's memory is full: it takes " + lessTensors);
        }
        if (MACHINE.matcher(line).find()) {
            return Optional.of("the machine's memory is full: it takes " + lessTensors + ", or more memory");
        }
        return OTHER.matcher(line).find()
                ? Optional.of("it ran out of memory: raise -Xmx or -XX:MaxDirectMemorySize" + where())
                : Optional.empty();
    }

    private String where() {
        return " in " + javaOptions + " of tracerl up, or in JAVA_TOOL_OPTIONS of its container";
    }
}
