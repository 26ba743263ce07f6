package dev.tracerl.reward.config;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all state stores of the process share one bounded block cache, which index, filter and write buffers count
 * towards. The first store decides on its size.
 */
public final class BoundedStoreMemory implements RocksDBConfigSetter {

    /** Setting of the shared memory, in bytes. */
    public static final String BYTES_CONFIG = "tracerl.store.memory.bytes";

    private static final int WRITE_BUFFER_BYTES = 1024 * 1024;
    private static final int WRITE_BUFFERS = 2;
    private static final int SHARD_BITS = -1;

    private static @Nullable Shared shared;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared memory = shared(Long.parseLong(String.valueOf(configs.get(BYTES_CONFIG))));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.buffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    /** The shared memory stays for the next store. */
    @Override
    public void close(String storeName, Options options) {}

    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            Cache cache = new LRUCache(bytes, SHARD_BITS, false);
            shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }

    private record Shared(Cache cache, WriteBufferManager buffers) {}
}
