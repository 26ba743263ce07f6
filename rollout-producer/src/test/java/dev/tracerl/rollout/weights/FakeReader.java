package dev.tracerl.rollout.weights;

import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A store in memory. */
final class FakeReader implements WeightReader {

    /** What a version answers with: its bytes, or an exception. */
    final Map<Long, Supplier<byte[]>> answers = new ConcurrentHashMap<>();

    /** The versions that were asked for, in order. */
    final List<Long> asked = new CopyOnWriteArrayList<>();

    @Override
    public WeightBytes read(WeightManifest manifest) {
        asked.add(manifest.getVersion());
        return WeightBytes.of(answers.get(manifest.getVersion()).get());
    }

    @Override
    public void close() {
        // nothing is open
    }
}
