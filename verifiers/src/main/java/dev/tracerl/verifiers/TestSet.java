package dev.tracerl.verifiers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public test files that are part of this module. */
public final class TestSet {

    private TestSet() {}

    /**
     * The lines of a file, blank ones left out.
     *
     * @param name file name within this package's resources
     * @throws IllegalArgumentException if there is no such file
     */
    public static List<String> lines(String name) {
        try (@Nullable InputStream file = TestSet.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException("no test set named " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
