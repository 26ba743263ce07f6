package dev.tracerl.reward.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durable state by key. Changes take effect together with what the outbox sends, or not at all. */
public interface Book<V> {

    /** The entry, if there is one; a copy of the caller's own. */
    Optional<V> find(String key);

    /** Writes an entry. */
    void put(String key, V value);

    /** Removes an entry, if there is one. */
    void remove(String key);

    /** A snapshot of all entries, in order of their keys. */
    List<Map.Entry<String, V>> entries();
}
