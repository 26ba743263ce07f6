package dev.tracerl.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.cli.TracerlCommand;
import dev.tracerl.verifiers.Verifiers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private record Result(int code, List<JsonNode> lines, String errors) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exact|{'id':'1','response':'x','answer':'x'}|correct|1",
                "exact|{'id':'1','response':'y','answer':'x'}|incorrect|0",
                "choice|{'id':'1','response':'The answer is (C).','answer':'C'}|correct|1",
                "choice|{'id':'1','response':'C','answer':'?'}|unverifiable|",
                "countdown|{'id':'1','response':'30+93-100','prompt':'30,100,93=23'}|correct|1",
                "countdown|{'id':'1','response':'30+93-100','prompt':'30, 100, 93','answer':23}|correct|1",
                "countdown|{'id':'1','response':'30+93','prompt':'30,100,93=23','answer':'23'}|incorrect|0",
                "sudoku|{'id':'1','response':'3142243142131324','prompt':'3102200002100320','answer':'3142243142131324'}"
                        + "|correct|1",
                "sudoku|{'id':'1','response':'3142243142131323','prompt':'3102200002100320'}|partial|0.875",
                "format|{'id':'1','response':'4','format':'boxed'}|incorrect|0",
            })
    void everyKindIsJudged(String kind, String line, String outcome, Double score) throws IOException {
        // When
        Result result = verify(kind, line.replace('\'', '"'));

        // Then
        assertThat(result.errors()).contains(outcome + ": 1", "bad lines: 0");
        assertThat(result.code()).isZero();
        JsonNode judged = result.lines().get(0);
        assertThat(judged.get("outcome").asText()).isEqualTo(outcome);
        assertThat(judged.get("score").isNull() ? null : judged.get("score").asDouble())
                .isEqualTo(score);
        assertThat(judged.get("reason").isTextual()).isTrue();
        assertThat(judged.get("millis").asLong()).isNotNegative();
    }

    @Test
    void fieldsAndOrderAreKept() throws IOException {
        // When
        Result result = verify(
                "exact",
                "{\"id\":\"b\",\"response\":\"x\",\"answer\":\"x\",\"extra\":[1,{\"y\":2}]}",
                "",
                "{\"id\":\"a\",\"response\":\"é\",\"answer\":\"é\"}");

        // Then
        assertThat(result.lines()).extracting(line -> line.get("id").asText()).containsExactly("b", "a");
        assertThat(result.lines().get(0).get("extra").toString()).isEqualTo("[1,{\"y\":2}]");
    }

    @Test
    void badLinesAreReportedAndTheRestIsJudged() throws IOException {
        // When
        Result result = verify(
                "exact",
                "{\"id\":\"1\",\"response\":\"x\",\"answer\":\"x\"}",
                "{\"id\":\"2\"",
                "[3]",
                "{\"id\":\"4\",\"answer\":\"x\"}",
                "{\"id\":\"5\",\"response\":\"x\"}",
                "{\"id\":\"6\",\"response\":[\"x\"],\"answer\":\"x\"}",
                "{\"id\":\"7\",\"response\":\"z\",\"answer\":\"x\"} {}",
                "{\"id\":\"8\",\"response\":\"z\",\"answer\":\"x\"}");

        // Then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.lines()).extracting(line -> line.get("id").asText()).containsExactly("1", "8");
        assertThat(result.errors())
                .contains("in.jsonl:2: is not JSON")
                .contains("in.jsonl:3: is not a JSON object")
                .contains("in.jsonl:4: field response is missing")
                .contains("in.jsonl:5: field answer is missing")
                .contains("in.jsonl:6: field response must be text")
                .contains("in.jsonl:7: is not JSON")
                .contains("correct: 1", "incorrect: 1", "bad lines: 6");
    }

    @Test
    void puzzlesThatCannotBeReadAreBadLines() throws IOException {
        // When
        Result sudoku = verify("sudoku", "{\"id\":\"1\",\"response\":\"x\",\"prompt\":\"31022000021003\"}");
        Result countdown = verify("countdown", "{\"id\":\"1\",\"response\":\"x\",\"prompt\":\"make 23\"}");

        // Then
        assertThat(sudoku.errors()).contains("in.jsonl:1: field prompt has no grid of 16 digits from 0 to 4");
        assertThat(countdown.errors()).contains("in.jsonl:1: field prompt must be numbers and a target");
    }

    @Test
    void unknownKindsAndMissingFilesAreWrongUsage() throws IOException {
        // When
        Result kind = verify("poetry", "{}");
        Result file =
                run("verify", "--kind", "exact", "--in", folder.resolve("none").toString());

        // Then
        assertThat(kind.code()).isEqualTo(2);
        assertThat(kind.errors()).contains("there is no verifier for kind poetry; there are: choice, ");
        assertThat(file.code()).isEqualTo(2);
        assertThat(file.errors()).contains("cannot read file");
    }

    @Test
    void aFileThatCannotBeWrittenIsWrongUsage() throws IOException {
        // Given
        Path in = Files.writeString(folder.resolve("in.jsonl"), "{}");
        Path out = folder.resolve("none").resolve("out.jsonl");

        // When
        Result result = run("verify", "--kind", "exact", "--in", in.toString(), "--out", out.toString());

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.errors()).contains("cannot write file " + out).doesNotContain("\tat ");
    }

    @Test
    void theHelpNamesEveryKind() {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));

        // When
        try {
            TracerlCommand.execute("verify", "--help");
        } finally {
            System.setOut(before);
        }

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8).split("[^a-z]+"))
                .containsAll(Verifiers.byKind().keySet());
    }

    private Result verify(String kind, String... lines) throws IOException {
        Path in = Files.write(folder.resolve("in.jsonl"), List.of(lines));
        Path out = folder.resolve("out.jsonl");
        return run("verify", "--kind", kind, "--in", in.toString(), "--out", out.toString());
    }

    private Result run(String... args) throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            int code = TracerlCommand.execute(args);
            return new Result(code, outLines(), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private List<JsonNode> outLines() throws IOException {
        Path out = folder.resolve("out.jsonl");
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.exists(out) ? Files.readAllLines(out) : List.<String>of()) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }
}
