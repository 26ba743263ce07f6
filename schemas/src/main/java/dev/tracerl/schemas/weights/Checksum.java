package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.WeightManifest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of weight bytes. */
public final class Checksum {

    private Checksum() {}

    /** Lower-case hexadecimal SHA-256. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the bytes if they are what the manifest announces.
     *
     * @throws CorruptWeightsException if size or checksum differ
     */
    static byte[] verified(WeightManifest manifest, byte[] bytes) {
        return verified(
                "weights " + manifest.getModelId() + "@" + manifest.getVersion(),
                manifest.getSize(),
                manifest.getSha256(),
                bytes);
    }

    /**
     * Returns the bytes if they are what was announced.
     *
     * @param name what they are, for the message
     * @throws CorruptWeightsException if size or checksum differ
     */
    static byte[] verified(String name, long size, String sha256, byte[] bytes) {
        if (bytes.length != size) {
            throw new CorruptWeightsException(name + ": " + bytes.length + " bytes, but the manifest says " + size);
        }
        String found = sha256(bytes);
        if (!found.equals(sha256)) {
            throw new CorruptWeightsException(name + ": sha256 is " + found + ", but the manifest says " + sha256);
        }
        return bytes;
    }
}
