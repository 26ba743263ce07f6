package dev.tracerl.model.safetensors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTwoShards() throws IOException {
        new CheckpointFolderWriter(folder, ElementType.F32, 12).write(List.of(tensor("b", 1, 2), tensor("a", 3, 4)));
    }

    @Test
    void tensorsAreFoundInTheirShards() {
        try (CheckpointFolder tensors = CheckpointFolder.open(folder)) {
            assertThat(tensors.names()).containsExactly("a", "b");
            assertThat(read(tensors, "a")).containsExactly(3, 4);
            assertThat(read(tensors, "b")).containsExactly(1, 2);
            assertThatThrownBy(() -> tensors.check("c", List.of(2L)))
                    .hasMessage(folder + ": tensor c is missing; expected shape [2]");
            assertThatThrownBy(() -> tensors.check("a", List.of(1L, 2L)))
                    .hasMessage(folder.resolve(SECOND) + ": tensor a has shape [2]; expected [1, 2]");
        }
    }

    /** The bytes that the Python library safetensors 0.8.0 writes for the same tensors. */
    @Test
    void filesAreByteForByteThoseOfThePythonLibrary() throws IOException {
        // When
        Path other = folder.resolve("other");
        new CheckpointFolderWriter(other, ElementType.F32, 1000)
                .write(List.of(
                        tensor("model.layers.2.b", 1, 2),
                        new NamedTensor(
                                "a", List.of(1L, 2L), tensor("", 1.5f, -2).data()),
                        tensor("model.layers.10.b", 3)));

        // Then
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"model.layers.10.b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"model.layers.2.b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]}}";
        String data = "\0\0\u00c0?\0\0\0\u00c0\0\0@@\0\0\u0080?\0\0\0@";
        assertThat(Files.readAllBytes(other.resolve("model.safetensors")))
                .isEqualTo(("\u00e8\0\0\0\0\0\0\0" + header + "     " + data).getBytes(ISO_8859_1));
    }

    @Test
    void aShardThatIsNotThereIsNamed() throws IOException {
        Files.delete(folder.resolve(SECOND));
        assertRefused(folder.resolve(INDEX) + " names " + SECOND + ", which is not there");
    }

    @Test
    void aTensorInTwoShardsIsNamed() throws IOException {
        Files.copy(folder.resolve(FIRST), folder.resolve(SECOND), StandardCopyOption.REPLACE_EXISTING);
        assertRefused("tensor b is in " + folder.resolve(FIRST) + " and in " + folder.resolve(SECOND));
    }

    @Test
    void anIndexThatContradictsTheShardsIsRefused() throws IOException {
        // When / Then
        index("{\"weight_map\": {\"a\": \"%s\", \"b\": \"%s\", \"c\": \"%1$s\"}}");
        assertRefused(folder.resolve(INDEX) + " says that tensor c is in " + SECOND + "; it is not");
        index("{\"weight_map\": {\"a\": \"%2$s\", \"b\": \"%1$s\"}}");
        assertRefused(folder.resolve(INDEX) + " says that tensor a is in " + FIRST + "; it is not");
        Files.write(
                folder.resolve(FIRST),
                SafetensorsWriter.bytes(List.of(tensor("b", 1), tensor("d", 1))).toArray());
        index("{\"weight_map\": {\"a\": \"%s\", \"b\": \"%s\"}}");
        assertRefused(folder.resolve(FIRST) + ": tensor d is not in " + INDEX);
    }

    @Test
    void anIndexThatIsNoIndexIsRefused() throws IOException {
        // When / Then
        index("{");
        assertThatThrownBy(() -> CheckpointFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(folder.resolve(INDEX) + ": it is not JSON");
        index("{}");
        assertRefused(folder.resolve(INDEX) + ": weight_map is missing or empty");
        index("{\"weight_map\": {\"a\": \"../model.safetensors\"}}");
        assertRefused(folder.resolve(INDEX) + ": tensor a is said to be in \"../model.safetensors\";"
                + " expected a .safetensors file in the same folder");
    }

    @Test
    void picklesAreRefusedByName(@TempDir Path other) throws IOException {
        Files.createFile(other.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> CheckpointFolder.open(other))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(other.resolve("pytorch_model.bin")
                        + " is a pickle, which can run code when it is read; convert it to model.safetensors");
    }

    @Test
    void foldersWithoutWeightsAreRefused(@TempDir Path other) {
        assertThatThrownBy(() -> CheckpointFolder.open(other))
                .hasMessage("there is neither model.safetensors nor model.safetensors.index.json in " + other);
        assertThatThrownBy(() -> CheckpointFolder.open(Path.of("/nowhere"))).hasMessage("there is no folder /nowhere");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> CheckpointFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(message);
    }

    /** @param text with the second shard as its first argument and the first as its second */
    private void index(String text) throws IOException {
        Files.writeString(folder.resolve(INDEX), text.formatted(SECOND, FIRST));
    }

    private static NamedTensor tensor(String name, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new NamedTensor(name, List.of((long) values.length), data);
    }

    private static float[] read(TensorSource source, String name) {
        float[] values = new float[2];
        source.read(name, List.of(2L), FloatBuffer.wrap(values));
        return values;
    }
}
