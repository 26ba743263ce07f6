package dev.tracerl.verifiers.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes lists of strings in the encoding of {@code codec.py}. */
final class PlainValues {

    private PlainValues() {}

    static byte[] encode(List<String> strings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("l" + strings.size() + ":").getBytes(StandardCharsets.US_ASCII));
        for (String string : strings) {
            byte[] text = string.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("s" + text.length + ":").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }
}
