package dev.tracerl.model.sampling;

import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weights last used, ready for the program; made again only when other parameters come. */
final class LoadedWeights implements AutoCloseable {
    private final Network network;
    private final Prepared prepared;

    /** Also keeps the memory alive that the tensors may share. */
    private @Nullable Parameters source;

    private List<Tensor> tensors = List.of();

    LoadedWeights(Network network, Prepared prepared) {
        this.network = network;
        this.prepared = prepared;
    }

    List<Tensor> of(Parameters parameters) {
        if (parameters != source) {
            close();
            try (TensorScope scope = network.program().scope()) {
                tensors = scope.keep(prepared.weights(parameters.views(scope), scope));
            }
            source = parameters;
        }
        return tensors;
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
        tensors = List.of();
        source = null;
    }
}
