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
        String name = manifest.getModelId() + "@" + manifest.getVersion();
        if (bytes.length != manifest.getSize()) {
            throw new CorruptWeightsException(
                    "weights " + name + ": " + bytes.length + " bytes, but the manifest says " + manifest.getSize());
        }
        String found = sha256(bytes);
        if (!found.equals(manifest.getSha256())) {
            throw new CorruptWeightsException(
                    "weights " + name + ": sha256 is " + found + ", but the manifest says " + manifest.getSha256());
        }
        return bytes;
    }
}
