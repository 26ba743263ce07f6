package dev.tracerl.reward.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A book in memory that hands out copies, like one that is serialized. */
public final class MapBook<V> implements Book<V> {

    private final Map<String, V> entries = new TreeMap<>();

    @Override
    public Optional<V> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(MapBook::copy);
    }

    @Override
    public void put(String key, V value) {
        entries.put(key, copy(value));
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
    }

    @Override
    public List<Map.Entry<String, V>> entries() {
        return entries.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), copy(entry.getValue())))
                .toList();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private static <V> V copy(V value) {
        return value instanceof SpecificRecord record ? SpecificData.get().deepCopy(record.getSchema(), value) : value;
    }
}
