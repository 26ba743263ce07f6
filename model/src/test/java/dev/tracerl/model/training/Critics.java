package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.ValueParameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Value models and what they learn, for tests. */
final class Critics {
    private Critics() {}

    /** A policy's network whose value is the policy's score of token 0; the configuration has a head of its own. */
    static ValueParameters scoring(Parameters policy) {
        ModelConfig config = policy.config();
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor tensor : policy.tensors()) {
            if (tensor.name().equals("lm_head.weight")) {
                ByteBuffer row = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                row.limit(row.position() + config.hiddenSize() * Float.BYTES);
                tensors.add(new NamedTensor("value_head.weight", List.of(1L, (long) config.hiddenSize()), row));
            } else {
                tensors.add(tensor);
            }
        }
        return ValueParameters.read(SafetensorsWriter.bytes(tensors), config);
    }

    /** Random returns and old values. */
    static List<ValueTarget> targets(List<PackedExample> examples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return examples.stream()
                .map(example -> new ValueTarget(
                        example, floats(example.targets().length, random), floats(example.targets().length, random)))
                .toList();
    }

    private static float[] floats(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1.5, 1.5);
        }
        return values;
    }
}
