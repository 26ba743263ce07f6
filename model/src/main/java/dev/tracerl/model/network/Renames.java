package dev.tracerl.model.network;

import java.util.Map;

/** What a family calls the things that most families name as Llama does; what is not listed keeps its name. */
record Renames(Map<String, String> names) {

    static final Renames NONE = new Renames(Map.of());

    String of(String name) {
        return names.getOrDefault(name, name);
    }
}
