package dev.tracerl.model;

import ai.djl.util.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Names the code that computes. Equal names mean the same code and the same tensor library; another one may round
 * differently, on the same device too.
 */
public final class Build {

    private static final int HASH_BYTES = 6;

    /** Our code; what else is in an archive says how it was packed. */
    private static final String OURS = "dev";

    private Build() {}

    /**
     * A name such as {@code 0.1.0 5f0c1ab29d3e libtorch 2.7.1 cpu}: version, hash of the classes and their resources,
     * tensor library. Reads all of them, so that it is to be called once.
     *
     * @param parts a class of each module that takes part, besides this one
     */
    public static String name(List<Class<?>> parts) {
        Platform torch = Platform.detectPlatform("pytorch");
        String version = Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "unpackaged");
        return "%s %s libtorch %s %s".formatted(version, hash(parts), torch.getVersion(), torch.getFlavor());
    }

    private static String hash(List<Class<?>> parts) {
        Map<String, byte[]> files = new TreeMap<>();
        Stream.concat(Stream.of(Build.class), parts.stream()).forEach(part -> read(part, files));
        MessageDigest digest = sha256();
        files.forEach((name, content) -> digest.update(sha256().digest(content)));
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static void read(Class<?> part, Map<String, byte[]> files) {
        CodeSource source = Objects.requireNonNull(part.getProtectionDomain().getCodeSource(), part::getName);
        try {
            Path place = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(place)) {
                readBelow(place, files);
                return;
            }
            try (FileSystem archive = FileSystems.newFileSystem(place)) {
                readBelow(archive.getPath("/"), files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the code of " + part.getName() + " cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(source.getLocation() + " is no file", e);
        }
    }

    private static void readBelow(Path root, Map<String, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(OURS))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
