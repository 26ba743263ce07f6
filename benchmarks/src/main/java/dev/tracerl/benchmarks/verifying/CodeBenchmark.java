package dev.tracerl.benchmarks.verifying;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.code.CodeVerifier;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Small Python tests per second, in sandboxes and, as a peer, in a process without any. On one core: {@code taskset -c 0
 * java -jar benchmarks/target/tracerl-benchmarks-*.jar CodeBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class CodeBenchmark {

    private static final int ASSERTIONS = 3;
    private static final String CODE = "def largest(numbers, count):\n    return sorted(numbers)[-count:]\n";
    private static final String[] CASES = {
        "assert largest([3, 1, 2], 1) == [3]",
        "assert largest([3, 1, 2], 2) == [2, 3]",
        "assert largest(list(range(100)), 3) == [97, 98, 99]"
    };
    private static final TaskInputs FUNCTION =
            task("{\"kind\": \"function\", \"cases\": [\"" + String.join("\", \"", CASES) + "\"]}");
    private static final TaskInputs PROGRAM =
            task("{\"kind\": \"stdio\", \"cases\": [{\"input\": \"3 4\", \"output\": \"7\"}]}");

    private final CodeVerifier verifier = new CodeVerifier();

    /** A response with three assertions: two sandboxes. */
    @Benchmark
    @OperationsPerInvocation(ASSERTIONS)
    public Verdict functionTests() {
        return right(verifier.verify(FUNCTION, CODE));
    }

    /** A program with one test: one sandbox. */
    @Benchmark
    public Verdict programTest() {
        return right(verifier.verify(PROGRAM, "print(sum(map(int, input().split())))"));
    }

    /** Peer: code and assertions in one process that nothing contains. */
    @Benchmark
    @OperationsPerInvocation(ASSERTIONS)
    public int functionTestsWithoutSandbox() throws IOException, InterruptedException {
        return new ProcessBuilder("/usr/bin/python3", "-c", CODE + String.join("\n", CASES))
                .start()
                .waitFor();
    }

    private static Verdict right(Verdict verdict) {
        if (verdict instanceof Verdict.Correct) {
            return verdict;
        }
        throw new IllegalStateException("not correct: " + verdict);
    }

    private static TaskInputs task(String tests) {
        return new TaskInputs("benchmark/0", "code", "", Map.of("tests", tests));
    }
}
