package dev.tracerl.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    @Test
    void whatIsWrittenIsReadBackFromMemoryAndFromAFile(@TempDir Path folder) throws IOException {
        // Given
        byte[] bytes = SafetensorsWriter.toBytes(
                List.of(tensor("a.weight", List.of(2L, 3L), 1, 2, 3, 4, 5, 6), tensor("b", List.of(1L), -0.5f)));
        Path file = Files.write(folder.resolve("model.safetensors"), bytes);

        // When / Then
        try (SafetensorsReader memory = SafetensorsReader.of("memory", bytes);
                SafetensorsReader mapped = SafetensorsReader.open(file)) {
            assertThat(memory.names()).containsExactly("a.weight", "b");
            assertThat(read(memory, "a.weight", List.of(2L, 3L))).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read(mapped, "a.weight", List.of(2L, 3L))).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read(mapped, "b", List.of(1L))).containsExactly(-0.5f);
        }
    }

    @Test
    void dataStartsAtAMultipleOfEight() {
        // When
        byte[] bytes = SafetensorsWriter.toBytes(List.of(tensor("abc", List.of(1L), 1)));

        // Then
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void halfPrecisionIsWidened() {
        // Given
        byte[] half = file(
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]}}",
                0x3c00,
                0xc000,
                0x0001,
                0x7c00,
                0x8000);
        byte[] brain =
                file("{\"h\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}", 0x3f80, 0xc000, 0x7f80);

        // When / Then
        assertThat(read(SafetensorsReader.of("half", half), "h", List.of(5L)))
                .containsExactly(1, -2, 0x1p-24f, Float.POSITIVE_INFINITY, -0f);
        assertThat(read(SafetensorsReader.of("brain", brain), "h", List.of(3L)))
                .containsExactly(1, -2, Float.POSITIVE_INFINITY);
    }

    @Test
    void errorsNameFileTensorExpectedAndFound() {
        // Given
        byte[] bytes = SafetensorsWriter.toBytes(List.of(tensor("a", List.of(2L), 1, 2)));
        SafetensorsReader reader = SafetensorsReader.of("x.safetensors", bytes);

        // When / Then
        assertThatThrownBy(() -> read(reader, "b", List.of(2L)))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("x.safetensors: tensor b is missing; expected shape [2]");
        assertThatThrownBy(() -> read(reader, "a", List.of(3L)))
                .hasMessage("x.safetensors: tensor a has shape [2]; expected [3]");
        byte[] integers = file("{\"i\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 1);
        assertThatThrownBy(() -> read(SafetensorsReader.of("y", integers), "i", List.of(1L)))
                .hasMessage("y: tensor i has type I16; expected F32, BF16 or F16");
    }

    @Test
    void damagedFilesAreRefused() {
        // Given
        byte[] bytes = SafetensorsWriter.toBytes(List.of(tensor("a", List.of(2L), 1, 2)));

        // When / Then
        assertThatThrownBy(() -> SafetensorsReader.of("x", Arrays.copyOf(bytes, bytes.length - 1)))
                .hasMessageStartingWith("x: tensor a lies at bytes 0..8 but the file holds 7 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", Arrays.copyOf(bytes, 20)))
                .hasMessage("x: not a safetensors file, or cut off: 20 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", new byte[3]))
                .hasMessage("x: not a safetensors file, or cut off: 3 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", file("{nonsense"))).hasMessage("x: the header is not JSON");
    }

    private static byte[] file(String header, int... halves) {
        byte[] json = header.getBytes(UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + 2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int half : halves) {
            bytes.putShort((short) half);
        }
        return bytes.array();
    }

    private static NamedTensor tensor(String name, List<Long> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new NamedTensor(name, shape, data);
    }

    private static float[] read(SafetensorsReader reader, String name, List<Long> shape) {
        float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b))];
        reader.read(name, shape, FloatBuffer.wrap(values));
        return values;
    }
}
