package dev.tracerl.reward.topology;

import dev.tracerl.reward.port.Book;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A book on a state store with a changelog: entries are serialized, so that every reader has a copy. */
record StoreBook<V>(KeyValueStore<String, V> store) implements Book<V> {

    @Override
    public Optional<V> find(String key) {
        return Optional.ofNullable(store.get(key));
    }

    @Override
    public void put(String key, V value) {
        store.put(key, value);
    }

    @Override
    public void remove(String key) {
        store.delete(key);
    }

    @Override
    public List<Map.Entry<String, V>> entries() {
        List<Map.Entry<String, V>> entries = new ArrayList<>();
        try (KeyValueIterator<String, V> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, V> entry = all.next();
                entries.add(Map.entry(entry.key, entry.value));
            }
        }
        return entries;
    }
}
