package dev.tracerl.model.training;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Parameters, or their gradient, as one vector. */
final class Flat {
    private Flat() {}

    /** All entries, in checkpoint order. */
    static double[] values(Parameters parameters) {
        double[] values = new double[Math.toIntExact(parameters.count())];
        int next = 0;
        for (NamedTensor tensor : parameters.tensors()) {
            ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (data.hasRemaining()) {
                values[next++] = data.getFloat();
            }
        }
        return values;
    }

    /** Weights plus {@code step} times the direction. */
    static Parameters moved(Parameters weights, double[] direction, double step) {
        List<NamedTensor> tensors = new ArrayList<>();
        int next = 0;
        for (NamedTensor tensor : weights.tensors()) {
            ByteBuffer source = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer target = ByteBuffer.allocate(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            while (source.hasRemaining()) {
                target.putFloat((float) (source.getFloat() + step * direction[next++]));
            }
            tensors.add(new NamedTensor(tensor.name(), tensor.shape(), target.flip()));
        }
        return Parameters.read(SafetensorsWriter.bytes(tensors), weights.config());
    }
}
