package dev.tracerl.model.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfCheckTest {
    private static final Path GOLDEN = golden();

    @TempDir
    private Path folder;

    @Test
    void thisBuildIsThePublishedOne() {
        // When
        List<Finding> findings = run(GOLDEN);

        // Then
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.passed()).as(finding.toString()).isTrue());
        assertThat(findings)
                .extracting(Finding::check)
                .containsExactly(
                        "block_sampler.json completions, step maps and forwards",
                        "block_tracerl.json training rows",
                        "block_tracerl.json loss and gradient, float32",
                        "block_tracerl.json loss and gradient, float64",
                        "dream_tracerl.json training rows",
                        "dream_tracerl.json loss and gradient, float32",
                        "dream_tracerl.json loss and gradient, float64",
                        "llada_tracerl.json training rows",
                        "llada_tracerl.json loss and gradient, float32",
                        "llada_tracerl.json loss and gradient, float64",
                        "dream-toy scores with full attention",
                        "llada-toy scores with full attention",
                        "sdar-toy scores with block attention",
                        "sdar-toy scores of training rows",
                        "sdar-toy generations",
                        "shrink_and_zscore.json shrunk step maps",
                        "shrink_and_zscore.json group advantages",
                        "value_gae.json shrunk step maps",
                        "value_gae.json returns and advantages",
                        "value_gae.json loss");
    }

    @ParameterizedTest
    @CsvSource({
        "block_tracerl.json, '\"loss\":-0.3', '\"loss\":-0.4'",
        "block_tracerl.json, '\"target_mask\":\"01', '\"target_mask\":\"00'",
        "llada_tracerl.json, '\"grad_W\":[[0.000', '\"grad_W\":[[0.001'",
        "block_sampler.json, '\"forwards\":38', '\"forwards\":39'",
        "shrink_and_zscore.json, '\"advantages\":[-1.6', '\"advantages\":[-1.7'",
        "value_gae.json, '\"value_loss\":0.2345', '\"value_loss\":0.2346'",
        "models/llada-toy/golden.json, '\"logits\":[[[-0.74', '\"logits\":[[[-0.75'",
        "models/sdar-toy/golden.json, '\"output\":[18,6,13,15,18', '\"output\":[18,6,13,15,17'"
    })
    void anotherNumberIsFound(String file, String right, String wrong) throws IOException {
        // Given
        Path copy = copy(file);
        String text = Files.readString(copy);
        int at = text.indexOf(right);
        assertThat(at).isNotNegative();
        Files.writeString(copy, text.substring(0, at) + wrong + text.substring(at + right.length()));

        // Then
        assertThat(run(folder))
                .anySatisfy(finding -> assertThat(finding.passed()).isFalse());
    }

    @Test
    void whatCannotBeCheckedIsNamed() throws IOException {
        // When / Then
        assertThatThrownBy(() -> run(folder.resolve("nowhere")))
                .isInstanceOf(SelfCheckException.class)
                .hasMessage("there is no folder " + folder.resolve("nowhere"));
        assertThatThrownBy(() -> run(folder)).hasMessageStartingWith(folder + " holds no reference vectors; known are");
        Path unknown = Files.writeString(folder.resolve("sampler_v2.json"), "{}");
        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(SelfCheckException.class)
                .hasMessage(unknown + " is unknown to this build; known are block_sampler.json, block_tracerl.json,"
                        + " dream_tracerl.json, llada_tracerl.json, shrink_and_zscore.json, value_gae.json and"
                        + " checkpoints in models");
        Files.delete(unknown);
        Path empty = Files.writeString(folder.resolve("block_sampler.json"), "{}");
        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(SelfCheckException.class)
                .hasMessageStartingWith(empty + " is not in the format that this build knows");
    }

    @Test
    void whatTheFolderLacksIsNamed() throws IOException {
        // Given
        copy("shrink_and_zscore.json");
        copy("models/sdar-toy/golden.json");

        // Then
        assertThat(SelfCheck.unchecked(GOLDEN)).isEmpty();
        assertThat(SelfCheck.unchecked(folder))
                .containsExactly(
                        "block_sampler.json: it is not in " + folder,
                        "block_tracerl.json: it is not in " + folder,
                        "dream_tracerl.json: it is not in " + folder,
                        "llada_tracerl.json: it is not in " + folder,
                        "value_gae.json: it is not in " + folder);
        assertThat(SelfCheck.unchecked(folder.resolve("models/sdar-toy")))
                .contains("scores and generations of checkpoints: " + folder.resolve("models/sdar-toy/models")
                        + " holds none");
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SelfCheck.run(GOLDEN, "cuda:99", finding -> {}))
                .isInstanceOf(SelfCheckException.class)
                .hasMessageStartingWith("device cuda:99 does not exist");
        assertThatThrownBy(() -> SelfCheck.run(GOLDEN, "tpu", finding -> {}))
                .hasMessage("device must be cpu, cuda or cuda:<index>, got tpu");
    }

    private static List<Finding> run(Path vectors) {
        List<Finding> findings = new ArrayList<>();
        SelfCheck.run(vectors, "cpu", findings::add);
        return findings;
    }

    /** Copies a file, and what lies beside it in a checkpoint's folder. */
    private Path copy(String file) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        for (String beside :
                file.startsWith("models") ? List.of("config.json", "model.safetensors") : List.<String>of()) {
            Files.copy(GOLDEN.resolve(file).resolveSibling(beside), target.resolveSibling(beside));
        }
        return Files.copy(GOLDEN.resolve(file), target);
    }

    private static Path golden() {
        try {
            return Path.of(Objects.requireNonNull(SelfCheckTest.class.getResource("/golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
