package dev.tracerl.model.training;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.HostTensors;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.ParameterGroup;
import dev.tracerl.model.network.ParameterSlice;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tensors that a trainer changes, with their gradients, their optimizer state, and the plan by which
 * {@code training.ts} puts them into the network's parameters.
 */
final class TrainedTensors implements AutoCloseable {
    private final List<ParameterGroup> groups;
    private final List<Tensor> values;
    private final List<Tensor> gradients;
    private final Tensor plan;
    private final AdamState adam;

    private TrainedTensors(Network network, List<ParameterGroup> groups, List<Tensor> values, double[] plan) {
        this.groups = groups;
        this.values = values;
        try (TensorScope scope = network.program().scope()) {
            this.gradients = scope.keep(scope.run(Call.inference("zeros").with(values)));
            this.plan = scope.keep(scope.hostDoubles(plan));
        }
        this.adam = new AdamState(network, groups, values);
    }

    /** What is trained of a network with these parameters. */
    static TrainedTensors of(Network network, ModelConfig config, List<Tensor> parameters, Trainable trainable) {
        return trainable instanceof Trainable.Adapted adapted
                ? adapters(network, config, adapted)
                : rows(network, config, parameters, trainable);
    }

    private static TrainedTensors adapters(Network network, ModelConfig config, Trainable.Adapted adapted) {
        AdapterSettings settings = adapted.settings();
        Adapters initial = Adapters.initial(config, settings, adapted.seed());
        try (TensorScope scope = network.program().scope()) {
            List<Tensor> values = scope.keep(scope.run(Call.inference("copies").with(initial.views(scope))));
            return new TrainedTensors(
                    network,
                    Adapters.layout(config, settings),
                    values,
                    plan(settings.scale(), settings.slices(config)));
        }
    }

    /** Parameters that are trained where they lie: rows of the network's tensors. */
    private static TrainedTensors rows(
            Network network, ModelConfig config, List<Tensor> parameters, Trainable trainable) {
        List<ParameterSlice> slices = ParameterSlice.joined(chosen(ParameterSlice.of(config), trainable));
        double[] plan = plan(0, slices);
        try (TensorScope scope = network.program().scope()) {
            Call rows = Call.inference("rows").with(parameters).with(scope.hostDoubles(plan));
            List<Tensor> values = scope.keep(scope.run(rows));
            return new TrainedTensors(
                    network, slices.stream().map(ParameterSlice::parts).toList(), values, plan);
        }
    }

    private static List<ParameterSlice> chosen(List<ParameterSlice> all, Trainable trainable) {
        if (!(trainable instanceof Trainable.Named named)) {
            return all;
        }
        Set<String> names = new HashSet<>(named.names());
        List<ParameterSlice> chosen =
                all.stream().filter(slice -> names.remove(slice.first().name())).toList();
        if (!names.isEmpty()) {
            throw new IllegalArgumentException("the model has no parameters " + names);
        }
        return chosen;
    }

    /** The {@code plan} of {@code training.ts}. */
    private static double[] plan(double scale, List<ParameterSlice> slices) {
        double[] plan = new double[1 + 3 * slices.size()];
        plan[0] = scale;
        for (int i = 0; i < slices.size(); i++) {
            plan[3 * i + 1] = slices.get(i).group();
            plan[3 * i + 2] = slices.get(i).firstRow();
            plan[3 * i + 3] = slices.get(i).rows();
        }
        return plan;
    }

    /** The tensors. */
    List<Tensor> values() {
        return values;
    }

    /** Their accumulated gradients. */
    List<Tensor> gradients() {
        return gradients;
    }

    /** The {@code plan} of {@code training.ts}. */
    Tensor plan() {
        return plan;
    }

    /** Their optimizer state. */
    AdamState adam() {
        return adam;
    }

    /** A copy of the gradients by name. */
    HostTensors gradient() {
        return HostTensors.copyOf(groups, gradients);
    }

    @Override
    public void close() {
        adam.close();
        plan.close();
        gradients.forEach(Tensor::close);
        values.forEach(Tensor::close);
    }
}
