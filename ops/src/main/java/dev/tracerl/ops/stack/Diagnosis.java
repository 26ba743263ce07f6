package dev.tracerl.ops.stack;

import dev.tracerl.schemas.client.ServiceMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Explains the end of a process in one sentence, from its exit code and the last lines of its log. */
final class Diagnosis {

    private static final int LINES = 200;
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("OutOfMemoryError|[Cc]an(no|')t allocate memory|CUDA out of memory");

    /** What a log says, in the words of those who wrote it, and what it means for a user; first match counts. */
    private static final List<Map.Entry<Pattern, String>> MEANINGS = List.of(
            meaning(
                    "UnsatisfiedLinkError|cannot open shared object|GLIBC_|Failed to load PyTorch native library",
                    "a native library is missing: the packaged libtorch needs Linux on x86-64 with glibc 2.28 or newer"),
            meaning("No space left on device", "the disk is full"),
            meaning("Address already in use|BindException|Port \\d+ seems to be in use", "its port is in use"),
            meaning("UnsupportedClassVersionError", "it needs a newer JDK"));

    private Diagnosis() {}

    /** @param memory what is known of the memory of the process */
    static String of(int exitCode, Path log, Optional<ServiceMemory> memory) {
        List<String> lines = LogTail.lines(log, LINES);
        return memory(lines, memory).or(() -> meaning(lines)).orElseGet(() -> describe(exitCode));
    }

    private static Optional<String> memory(List<String> lines, Optional<ServiceMemory> memory) {
        return lines.stream()
                .filter(line -> OUT_OF_MEMORY.matcher(line).find())
                .reduce((earlier, later) -> later)
                .map(line -> memory.flatMap(known -> known.advice(line)).orElse("it ran out of memory"));
    }

    private static Optional<String> meaning(List<String> lines) {
        return MEANINGS.stream()
                .filter(meaning -> lines.stream()
                        .anyMatch(line -> meaning.getKey().matcher(line).find()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String describe(int exitCode) {
        if (exitCode == 137) {
            return "it was killed (signal 9)";
        }
        return exitCode > 128 ? "it was ended by signal " + (exitCode - 128) : "exit code " + exitCode;
    }

    private static Map.Entry<Pattern, String> meaning(String pattern, String sentence) {
        return Map.entry(Pattern.compile(pattern), sentence);
    }
}
