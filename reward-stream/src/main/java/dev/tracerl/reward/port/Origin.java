package dev.tracerl.reward.port;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from, and its bytes as they were read. The arrays are shared and must not be written.
 *
 * @param partition its partition, -1 if unknown
 * @param offset its offset, -1 if unknown
 */
public record Origin(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {

    /** The key as text; empty without a key. */
    public String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
