package dev.tracerl.model.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The smallest archive that {@code torch::jit::load} compiles: a zip of four stored entries holding one module without
 * tensors, whose class {@code Net} is given as source text.
 */
final class TorchArchive {
    /** Pickle of an object of class {@code __torch__.Net} with the one attribute {@code training = True}. */
    private static final byte[] DATA =
            "\u0080\u0002c__torch__\nNet\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.".getBytes(ISO_8859_1);

    /** Pickle of an empty tuple. */
    private static final byte[] CONSTANTS = "\u0080\u0002).".getBytes(ISO_8859_1);

    /** The newest operator semantics that libtorch 2.x reads. */
    private static final byte[] VERSION = "10\n".getBytes(ISO_8859_1);

    private TorchArchive() {}

    static byte[] of(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "net/data.pkl", DATA);
            store(zip, "net/constants.pkl", CONSTANTS);
            store(zip, "net/code/__torch__.py", source.getBytes(UTF_8));
            store(zip, "net/version", VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
