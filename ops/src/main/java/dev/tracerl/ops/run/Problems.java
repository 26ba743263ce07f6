package dev.tracerl.ops.run;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, each with the path of its key, so that all of it is told at once. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    /**
     * Adds a problem of a key.
     *
     * @param path keys from the root, joined by dots
     */
    public void add(String path, String problem) {
        found.add(path.isEmpty() ? problem : path + ": " + problem);
    }

    /** How many there are. */
    int count() {
        return found.size();
    }

    /** Throws what was found, if anything. */
    public void throwIfAny(String file) {
        if (!found.isEmpty()) {
            throw new RunFileException(file, found);
        }
    }

    /** Path of a key below another. */
    public static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Path of an item of a list. */
    public static String at(String path, int index) {
        return path + "[" + index + "]";
    }
}
