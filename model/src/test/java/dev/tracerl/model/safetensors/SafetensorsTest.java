package dev.tracerl.model.safetensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @Test
    void whatIsWrittenIsReadBackFromMemoryAndFromAFile(@TempDir Path folder) throws IOException {
        // Given
        byte[] bytes = SafetensorsWriter.bytes(
                        List.of(tensor("a.weight", List.of(2L, 3L), 1, 2, 3, 4, 5, 6), tensor("b", List.of(1L), -0.5f)))
                .toArray();
        Path file = Files.write(folder.resolve("model.safetensors"), bytes);

        // When / Then
        try (SafetensorsReader memory = SafetensorsReader.of("memory", TensorBytes.of(bytes));
                SafetensorsReader opened = SafetensorsReader.open(file)) {
            assertThat(memory.names()).containsExactly("a.weight", "b");
            assertThat(read(memory, "a.weight", List.of(2L, 3L))).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read(opened, "a.weight", List.of(2L, 3L))).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read(opened, "b", List.of(1L))).containsExactly(-0.5f);
        }
    }

    @Test
    void dataStartsAtAMultipleOfEight() {
        // When
        byte[] bytes =
                SafetensorsWriter.bytes(List.of(tensor("abc", List.of(1L), 1))).toArray();

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
        assertThat(read(SafetensorsReader.of("half", TensorBytes.of(half)), "h", List.of(5L)))
                .containsExactly(1, -2, 0x1p-24f, Float.POSITIVE_INFINITY, -0f);
        assertThat(read(SafetensorsReader.of("brain", TensorBytes.of(brain)), "h", List.of(3L)))
                .containsExactly(1, -2, Float.POSITIVE_INFINITY);
    }

    @Test
    void errorsNameFileTensorExpectedAndFound() {
        // Given
        byte[] bytes =
                SafetensorsWriter.bytes(List.of(tensor("a", List.of(2L), 1, 2))).toArray();
        SafetensorsReader reader = SafetensorsReader.of("x.safetensors", TensorBytes.of(bytes));

        // When / Then
        assertThatThrownBy(() -> read(reader, "b", List.of(2L)))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("x.safetensors: tensor b is missing; expected shape [2]");
        assertThatThrownBy(() -> read(reader, "a", List.of(3L)))
                .hasMessage("x.safetensors: tensor a has shape [2]; expected [3]");
        byte[] integers = file("{\"i\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 1);
        assertThatThrownBy(() -> read(SafetensorsReader.of("y", TensorBytes.of(integers)), "i", List.of(1L)))
                .hasMessage("y: tensor i has type I16; expected F32, BF16 or F16");
    }

    @Test
    void damagedFilesAreRefused() {
        // Given
        byte[] bytes =
                SafetensorsWriter.bytes(List.of(tensor("a", List.of(2L), 1, 2))).toArray();

        // When / Then
        assertThatThrownBy(() -> SafetensorsReader.of("x", TensorBytes.of(Arrays.copyOf(bytes, bytes.length - 1))))
                .hasMessageStartingWith("x: tensor a lies at bytes 0..8 but the file holds 7 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", TensorBytes.of(Arrays.copyOf(bytes, 20))))
                .hasMessage("x: not a safetensors file, or cut off: 20 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", TensorBytes.of(new byte[3])))
                .hasMessage("x: not a safetensors file, or cut off: 3 bytes");
        assertThatThrownBy(() -> SafetensorsReader.of("x", TensorBytes.of(file("{nonsense"))))
                .hasMessageStartingWith("x: the header is not JSON: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} \
              | tensor b begins at byte 4 within the tensor before it, which ends at 8
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} \
              | bytes 4..8 of the data belong to no tensor
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}    | bytes 8..12 of the data belong to no tensor
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}   | tensor a has 12 bytes; expected 8
            {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}   | tensor a lies at bytes 0..16 but the file holds 12
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}   | tensor a lies at bytes 12..0 but the file holds 12
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[-4,8]}}   | tensor a has -4 where a size or an offset should be
            {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,12]}} | tensor a has 1.5 where a size or an offset
            {"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,12]}} | too large
            {"a":{"dtype":"F32","shape":[3]}}                         | tensor a lacks dtype, shape or data_offsets
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":{}} | the header is not JSON: Duplicate field 'a'
            [1]                                                       | the header is not a JSON object
            """)
    void damagedHeadersAreRefusedBeforeAnythingIsRead(String header, String message) {
        // Given: 12 bytes of data
        byte[] bytes = file(header, 0, 0, 0, 0, 0, 0);

        // Then
        assertThatThrownBy(() -> SafetensorsReader.of("x", TensorBytes.of(bytes)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("x: ")
                .hasMessageContaining(message);
    }

    @Test
    void roundingToSixteenBitsIsToNearestAndToEven() throws IOException {
        // Given: ties, a carry into the exponent, the largest and subnormal values
        float[] values = {
            1, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, 2 - 0x1p-23f, -65504, 65519, 65520, 0x1.1p-24f, 0x1p-26f, Float.NaN
        };

        // When / Then
        assertThat(converted(ElementType.BF16, values))
                .containsExactly(1, 1, 1.015625f, 2, -65536, 65536, 65536, 0x1.1p-24f, 0x1p-26f, Float.NaN);
        assertThat(converted(ElementType.F16, values))
                .containsExactly(
                        1,
                        1 + 0x1p-8f,
                        1 + 3 * 0x1p-8f,
                        2,
                        -65504,
                        65504,
                        Float.POSITIVE_INFINITY,
                        0x1p-24f,
                        0,
                        Float.NaN);
    }

    private static float[] converted(ElementType type, float... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SafetensorsWriter.write(
                List.of(tensor("t", List.of((long) values.length), values)), type, Channels.newChannel(bytes));
        SafetensorsReader reader = SafetensorsReader.of("t", TensorBytes.of(bytes.toByteArray()));
        return read(reader, "t", List.of((long) values.length));
    }

    @Test
    void tensorsBeyondTwoGigabytesAreReadInPieces(@TempDir Path folder) throws IOException {
        // Given: a file with a hole, whose last element is 7
        long rows = 600_000;
        long end = 4 * 1000 * rows;
        Path file = folder.resolve("large.safetensors");
        String header = "{\"large\":{\"dtype\":\"F32\",\"shape\":[600000,1000],\"data_offsets\":[0," + end + "]}}";
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, SPARSE)) {
            channel.write(ByteBuffer.wrap(file(header)));
            channel.write(
                    ByteBuffer.allocate(4).order(LITTLE_ENDIAN).putFloat(7).flip(), 8 + header.length() + end - 4);
        }

        // When
        float[] last = new float[2];
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            reader.check("large", List.of(rows, 1000L));
            reader.read("large", 1000 * rows - 2, FloatBuffer.wrap(last));
        }

        // Then
        assertThat(last).containsExactly(0, 7);
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
