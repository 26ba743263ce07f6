package dev.tracerl.verifiers.sandbox;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message on a pipe: a letter, a length and a payload, which is shared and must not be written.
 *
 * @param kind the letter
 */
public record Frame(char kind, byte[] payload) {

    /** Longest payload, in bytes. */
    static final int MAX_BYTES = 5 * 1024 * 1024;

    private static final int HEADER_BYTES = 5;

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * The next frame; empty at the end of the stream.
     *
     * @throws IOException if the stream cannot be read, or the frame is too long
     */
    static Optional<Frame> read(DataInputStream stream) throws IOException {
        try {
            byte[] header = new byte[HEADER_BYTES];
            stream.readFully(header);
            int length = ByteBuffer.wrap(header, 1, Integer.BYTES).getInt();
            if (length < 0 || length > MAX_BYTES) {
                throw new IOException("a message of more than " + MAX_BYTES + " bytes");
            }
            byte[] payload = new byte[length];
            stream.readFully(payload);
            return Optional.of(new Frame((char) (header[0] & 0xFF), payload));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    void write(OutputStream stream) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        bytes.put((byte) kind).putInt(payload.length).put(payload);
        stream.write(bytes.array());
        stream.flush();
    }
}
