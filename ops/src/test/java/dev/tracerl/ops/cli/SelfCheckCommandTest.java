package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SelfCheckCommandTest {
    private static final String VECTORS = """
            {"shrink": [{"steps": [1, 7, 4], "shrink": 2, "out": [4, 7, 4]}],
             "group_zscore": [{"rewards": [0, 2], "advantages": [-1, 1]}]}""";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void everyCheckIsALineWithItsDeviationAndTolerance() throws IOException {
        // When
        int code = check(VECTORS);

        // Then
        assertThat(out.toString().lines())
                .containsExactly(
                        "Vectors: " + folder,
                        "ok     shrink_and_zscore.json shrunk step maps                 deviation 0.0e+00, at most 0e+00",
                        "ok     shrink_and_zscore.json group advantages                 deviation 0.0e+00, at most 1e-09",
                        "-      not checked: block_sampler.json: it is not in " + folder,
                        "-      not checked: block_tracerl.json: it is not in " + folder,
                        "-      not checked: dream_tracerl.json: it is not in " + folder,
                        "-      not checked: llada_tracerl.json: it is not in " + folder,
                        "-      not checked: value_gae.json: it is not in " + folder,
                        "-      not checked: scores and generations of checkpoints: " + folder.resolve("models")
                                + " holds none",
                        "all 2 checks passed on cpu, 6 could not be made");
        assertThat(code).isZero();
    }

    @Test
    void aDeviationFailsTheCommand() throws IOException {
        // When
        int code = check(VECTORS.replace("[-1, 1]", "[-1, 1.5]"));

        // Then
        assertThat(out.toString())
                .contains("FAILED shrink_and_zscore.json group advantages")
                .contains("1 of 2 checks failed on cpu");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void theChecksAreJsonToo() throws IOException {
        // When
        int code = check(VECTORS.replace("[-1, 1]", "[-1, 1.5]"), "--json");

        // Then
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(code).isEqualTo(1);
        assertThat(result.get("device").asText()).isEqualTo("cpu");
        assertThat(result.get("passed").asBoolean()).isFalse();
        assertThat(result.get("checks").findValuesAsText("passed")).containsExactly("true", "false");
        assertThat(result.get("unchecked")).hasSize(6);
        assertThat(result.get("checks").get(1).get("deviation").asDouble()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void anUnknownFileIsOneSentence() throws IOException {
        // Given
        Files.writeString(folder.resolve("other.json"), "{}");

        // When
        int code = TracerlCommand.execute("selfcheck", "--vectors", folder.toString());

        // Then
        assertThat(code).isEqualTo(2);
    }

    private int check(String vectors, String... options) throws IOException {
        Files.writeString(folder.resolve("shrink_and_zscore.json"), vectors);
        return new CommandLine(new SelfCheckCommand())
                .setOut(new PrintWriter(out))
                .execute(Stream.concat(Stream.of("--vectors", folder.toString()), Arrays.stream(options))
                        .toArray(String[]::new));
    }
}
