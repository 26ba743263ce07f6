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
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static String of(WeightBytes bytes) {
        MessageDigest digest = digest();
        for (long position = 0; position < bytes.size(); position += WeightBytes.WINDOW) {
            digest.update(bytes.part(position, WeightBytes.WINDOW));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What the bytes of a version are called in messages. */
    static String name(WeightManifest manifest) {
        return "weights " + manifest.getModelId() + "@" + manifest.getVersion();
    }

    /**
     * Returns the bytes if they are what the manifest announces; closes them if not.
     *
     * @throws CorruptWeightsException if size or checksum differ
     */
    static WeightBytes verified(WeightManifest manifest, WeightBytes bytes) {
        return verified(name(manifest), manifest.getSize(), manifest.getSha256(), bytes);
    }

    /**
     * Returns the bytes if they are what was announced; closes them if not.
     *
     * @param name what they are, for the message
     * @throws CorruptWeightsException if size or checksum differ
     */
    static WeightBytes verified(String name, long size, String sha256, WeightBytes bytes) {
        try {
            require(name, size, sha256, bytes);
            return bytes;
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static void require(String name, long size, String sha256, WeightBytes bytes) {
        if (bytes.size() != size) {
            throw new CorruptWeightsException(name + ": " + bytes.size() + " bytes, but the manifest says " + size);
        }
        if (!bytes.sha256().equals(sha256)) {
            throw new CorruptWeightsException(
                    name + ": sha256 is " + bytes.sha256() + ", but the manifest says " + sha256);
        }
    }
}
