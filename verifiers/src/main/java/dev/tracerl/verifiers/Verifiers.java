package dev.tracerl.verifiers;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The verifiers on the class path and in the folder of plug-ins. */
public final class Verifiers {

    private Verifiers() {}

    /** Environment variable with a folder of jars, whose verifiers are added. */
    static final String PLUGINS = "TRACERL_PLUGINS";

    /**
     * Finds all verifiers. None of those returned throws.
     *
     * @return verifier by kind of task
     * @throws IllegalStateException if two verifiers claim one kind, or the folder of plug-ins is none
     * @throws java.util.ServiceConfigurationError if a registered verifier cannot be created
     */
    public static Map<String, Verifier> byKind() {
        return byKind(Optional.ofNullable(System.getenv(PLUGINS))
                .filter(folder -> !folder.isBlank())
                .map(Path::of));
    }

    static Map<String, Verifier> byKind(Optional<Path> plugins) {
        ClassLoader own = Verifier.class.getClassLoader();
        return index(ServiceLoader.load(
                Verifier.class,
                plugins.map(folder -> (ClassLoader) new URLClassLoader(jars(folder), own))
                        .orElse(own)));
    }

    private static URL[] jars(Path folder) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            List<URL> found = new ArrayList<>();
            for (Path jar : jars) {
                found.add(jar.toUri().toURL());
            }
            return found.toArray(URL[]::new);
        } catch (IOException e) {
            throw new IllegalStateException(PLUGINS + " is " + folder + ", which is not a folder that can be read", e);
        }
    }

    static Map<String, Verifier> index(Iterable<Verifier> verifiers) {
        Map<String, Verifier> byKind = new HashMap<>();
        for (Verifier verifier : verifiers) {
            Verifier other = byKind.putIfAbsent(verifier.kind(), new GuardedVerifier(verifier));
            if (other != null) {
                throw new IllegalStateException("two verifiers for kind " + verifier.kind());
            }
        }
        Map<String, Verifier> found = Map.copyOf(byKind);
        verifiers.forEach(verifier -> verifier.among(found));
        return found;
    }
}
