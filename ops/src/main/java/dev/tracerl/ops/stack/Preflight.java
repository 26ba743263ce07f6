package dev.tracerl.ops.stack;

import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Looks at the machine before anything is started; each problem is one sentence. */
final class Preflight {

    private static final long MIB = 1024 * 1024;
    private static final long FIXED_MEMORY = 1800 * MIB;
    private static final long ROLLOUT_MEMORY = 700 * MIB;
    private static final long VERIFIER_MEMORY = 800 * MIB;
    private static final long DISK = 2048 * MIB;

    private Preflight() {}

    /** @throws StackException if the stack could not work here */
    static void check(StackSettings settings) {
        requireJava(Runtime.version().feature());
        requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
        long memory = FIXED_MEMORY + settings.rollouts() * ROLLOUT_MEMORY + settings.verifiers() * VERIFIER_MEMORY;
        availableMemory().ifPresent(available -> requireMemory(available, memory));
        requireDisk(usableDisk(settings.dataDir()), settings.dataDir());
        if (settings.verifiers() > 0) {
            requireWorkers(Verifiers.byKind().values());
        }
        Ports ports = new Ports();
        ports.take(settings.brokerPort(), "broker");
        ports.take(settings.registryPort(), "registry");
    }

    static void requireJava(int feature) {
        if (feature < 17) {
            throw new StackException("this is Java " + feature + ", but 17 or newer is needed: set JAVA_HOME");
        }
    }

    static void requirePlatform(String name, String architecture) {
        boolean linux = name.toLowerCase(Locale.ROOT).contains("linux");
        boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
        if (!linux || !x86) {
            throw new StackException("the packaged libtorch runs on Linux on x86-64, but this is %s on %s"
                    .formatted(name, architecture));
        }
        if (!Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))) {
            throw new StackException(
                    "the packaged libtorch needs glibc (ld-linux-x86-64.so.2), which this Linux lacks");
        }
    }

    static void requireMemory(long available, long needed) {
        if (available < needed) {
            throw new StackException("too little memory: the stack needs about %d MiB, %d MiB are available"
                    .formatted(needed / MIB, available / MIB));
        }
    }

    static void requireDisk(long usable, Path folder) {
        if (usable < DISK) {
            throw new StackException("too little disk space under %s: %d MiB are needed, %d MiB are free"
                    .formatted(folder, DISK / MIB, usable / MIB));
        }
    }

    /** Workers refuse to start where they could check nothing; better to hear it at once. */
    static void requireWorkers(Collection<Verifier> verifiers) {
        List<Verifier> slow =
                verifiers.stream().filter(verifier -> !verifier.isInline()).toList();
        List<String> problems = slow.stream()
                .map(Verifier::unavailable)
                .flatMap(Optional::stream)
                .toList();
        if (problems.size() == slow.size()) {
            throw new StackException("--verifiers: " + String.join("; ", problems));
        }
    }

    private static OptionalLong availableMemory() {
        Path info = Path.of("/proc/meminfo");
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static long usableDisk(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            throw new StackException("the disk under " + folder + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}
