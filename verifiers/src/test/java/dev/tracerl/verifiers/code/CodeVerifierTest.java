package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeVerifierTest {

    private static TaskInputs task(String tests) {
        return new TaskInputs("t/0", "code", "", Map.of("tests", tests));
    }

    @Test
    void rightFunctionIsCorrect() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();

        // When
        Verdict verdict = verifier.verify(task(Attempts.TESTS.get("function")), """
            Squares:
            ```python
            def wrong(n):
                pass
            ```
            or
            ```python
            def answer(n):
                return n * n
            ```
            """);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(2));
    }

    @Test
    void rightProgramIsCorrectWhateverItsWhiteSpace() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();

        // When
        Verdict verdict =
                verifier.verify(task(Attempts.TESTS.get("stdio")), "print(' ', int(input()) ** 2, end='\\n\\n')");

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(2));
    }

    @Test
    void partOfTheTestsEarnsPartOfTheScore() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();

        // When
        Verdict verdict = verifier.verify(task(Attempts.TESTS.get("function")), "def answer(n):\n    return 9");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Partial.class);
        assertThat(verdict.score()).hasValue(0.5);
        assertThat(verdict.reason()).startsWith("1 of 2 tests passed; test 1 FAILED");
    }

    @Test
    void allOrNothingIsASetting() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"partialCredit\": false, \"cases\":"
                + " [\"assert answer(3) == 9\", \"assert answer(4) == 16\"]}";

        // When
        Verdict verdict = verifier.verify(task(tests), "def answer(n):\n    return 9");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void checkFunctionIsTakenApartIntoItsAssertions() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"entryPoints\": [\"add\"], \"cases\": [\"def check(candidate):\\n"
                + "    one = 1\\n"
                + "    assert candidate(one, 2) == 3\\n"
                + "    for i in range(3):\\n"
                + "        assert candidate(i, i) == 2 * i, 'doubles'\\n"
                + "    assert abs(candidate(.1, .2) - .3) < 1e-9\\n"
                + "\"]}";

        // When
        Verdict verdict = verifier.verify(task(tests), "def add(a, b):\n    return a + b if a != b else 0");

        // Then
        assertThat(verdict.score()).hasValue(2 / 3.0);
        assertThat(verdict.reason()).contains("test 1 FAILED: doubles");
        assertThat(verdict.operations()).isEqualTo(3);
    }

    @Test
    void classesOfTheCodeCanBeTested() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"setup\": \"import math\", \"cases\": ["
                + "\"assert longest([Pair(5, 24), Pair(15, 25)]) == 19\", \"assert Pair(1, 2).a == 1\","
                + "\"assert list(count(3)) == [0, 1, 2]\", \"assert math.isclose(half(1), 0.5)\","
                + "\"try:\\n    half('x')\\n    assert False\\nexcept TypeError:\\n    pass\"]}";
        String code = """
            class Pair:
                def __init__(self, a, b):
                    self.a, self.b = a, b
            def longest(pairs):
                return max(p.b - p.a for p in pairs)
            def count(n):
                yield from range(n)
            def half(x):
                return x / 2
            """;

        // When
        Verdict verdict = verifier.verify(task(tests), code);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(5));
    }

    @Test
    void threadWithALargeStackMayRun() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String code = """
            import sys, threading
            sys.setrecursionlimit(10**6)
            threading.stack_size(64 << 20)
            def deep(n):
                return n and 1 + deep(n - 1)
            def main():
                n = int(input())
                print(deep(n * 3000) * n // 3000)
            thread = threading.Thread(target=main)
            thread.start()
            thread.join()
            """;

        // When
        Verdict verdict = verifier.verify(task(Attempts.TESTS.get("stdio")), code);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(2));
    }

    @Test
    void standardLibraryWorksInTheSandbox() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        List<String> modules = List.of(
                "asyncio, bisect, collections, copy, csv, dataclasses, datetime, decimal, enum, fractions, functools",
                "hashlib, heapq, io, itertools, json, logging, math, operator, queue, random, re, statistics, string",
                "signal, struct, tempfile, textwrap, threading, time, typing, unicodedata, uuid, zlib");
        String code = String.join(
                        "",
                        modules.stream().map(names -> "import " + names + "\n").toList())
                + "signal.signal(signal.SIGALRM, lambda *_: None)\n"
                + "signal.setitimer(signal.ITIMER_REAL, 0.01)\n"
                + "signal.pause()\n"
                + "async def square(n):\n"
                + "    await asyncio.sleep(0)\n"
                + "    return n * n\n"
                + "with tempfile.NamedTemporaryFile('w+') as file:\n"
                + "    file.write(input())\n"
                + "    file.seek(0)\n"
                + "    print(asyncio.run(square(int(file.read()))))\n";

        // When
        Verdict verdict = verifier.verify(task(Attempts.TESTS.get("stdio")), code);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(2));
    }

    @Test
    void sandboxShowsNothingOfTheHost() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String code = "import os, sys\n"
                + "def open_now():\n"
                + "    return [fd for fd in range(64) if exists(fd)]\n"
                + "def exists(fd):\n"
                + "    try:\n"
                + "        return bool(os.fstat(fd))\n"
                + "    except OSError:\n"
                + "        return False\n"
                + "print(set(os.listdir('/')) <= {'dev', 'etc', 'lib', 'lib64', 'tmp', 'usr'},"
                + " len(os.listdir(os.path.dirname(sys.executable))), os.listdir('/tmp'), sorted(os.listdir('/dev')),"
                + " sorted(os.environ), os.getuid(), os.getgid(), os.uname().nodename, open_now())\n";
        String tests = "{\"kind\": \"stdio\", \"cases\": [{\"input\": \"\", \"output\":"
                + " \"True 1 [] ['null', 'urandom'] ['LC_CTYPE', 'PWD', 'PYTHONHASHSEED']"
                + " 1000 1000 sandbox [0, 1, 2]\"}]}";

        // When
        Verdict verdict = verifier.verify(task(tests), code);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(1));
    }

    @Test
    void testsThatDoNotCompileAreUnverifiable() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();

        // When
        Verdict verdict = verifier.verify(task("{\"kind\": \"function\", \"cases\": [\"assert (\"]}"), "x = 1");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Unverifiable.class);
        assertThat(verdict.reason()).contains("the tests are malformed: SyntaxError");
    }

    @Test
    void verdictsAreTheSameEveryTime() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String code = "def answer(n):\n    return int(list({'9', '16', str(n)})[0])";

        // When
        List<Verdict> verdicts = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> verifier.verify(task(Attempts.TESTS.get("function")), code))
                .toList();

        // Then
        assertThat(verdicts).containsOnly(verdicts.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "[; input 'tests' is not JSON",
                "{}; tests.kind is ''",
                "{\"kind\": \"stdio\"}; tests.cases is not a list",
                "{\"kind\": \"stdio\", \"cases\": [1]}; has no text 'input' and 'output'",
                "{\"kind\": \"function\", \"cases\": [1]}; is not a string",
                "{\"kind\": \"function\", \"cases\": [\"\"], \"entryPoints\": [\"a b\"]}; no name of Python",
                "{\"kind\": \"function\", \"cases\": [\"\"], \"timeLimitSeconds\": 0}; must be above 0",
                "{\"kind\": \"function\", \"cases\": [\"\"], \"timeLimitSeconds\": 30}; is above tests.total",
                "{\"kind\": \"function\", \"cases\": [\"\"], \"memoryMib\": 1}; must be from 64 to 4096"
            })
    void malformedTestsAreNamed(String tests, String problem) {
        // When
        assertThat(new CodeVerifier().invalid(task(tests)))
                // Then
                .hasValueSatisfying(found -> assertThat(found).contains(problem));
    }
}
