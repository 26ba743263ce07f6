package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.LogitsSource;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The batched sampler's own bookkeeping and selection, with scores from outside instead of the network. */
final class ExternalSampler {
    private final Network network;
    private final SamplerSettings settings;
    private final int maskToken;
    private final StopRule stopRule;

    ExternalSampler(Network network, SamplerSettings settings, int maskToken, Set<Integer> endOfText) {
        this.network = network;
        this.settings = settings;
        this.maskToken = maskToken;
        this.stopRule = new StopRule(endOfText, settings.maxTokens());
    }

    FinishedSample sample(LogitsSource source, SampleRequest request) {
        ActiveSequence sequence =
                new ActiveSequence(request, settings, BlockPartition.absolute(settings.blockSize()), maskToken);
        while (true) {
            sequence.openBlock(source.version());
            for (int step = 0; sequence.denoising(); step++) {
                denoise(source, sequence, step);
            }
            Optional<StopRule.Stop> stop = sequence.check(stopRule);
            if (stop.isPresent()) {
                return sequence.finish(stop.get(), sequence.blocks());
            }
            sequence.nextBlock();
        }
    }

    private void denoise(LogitsSource source, ActiveSequence sequence, int step) {
        int size = settings.blockSize();
        OpenPositions open = OpenPositions.all(List.of(sequence), size);
        double[][] scores = source.logits(sequence.visibleTokens(), sequence.blockStart());
        double[][] masked = IntStream.range(0, size)
                .filter(sequence::masked)
                .mapToObj(i -> scores[i])
                .toArray(double[][]::new);
        double[] flat = Arrays.stream(masked).flatMapToDouble(Arrays::stream).toArray();
        SelectionSettings selection = new SelectionSettings(settings);
        double[] hyper = selection.hyper(0, sequence.blockStart(), selection.quota(step), maskToken);
        try (TensorScope scope = network.program().scope()) {
            Tensor tensor = scope.doubles(flat, masked.length, masked[0].length);
            List<Tensor> results = scope.run(Call.inference("decode")
                    .with(tensor, open.indices(scope), open.randoms(step, selection.ordered(), scope))
                    .with(scope.hostInts(1, size), scope.hostDoubles(hyper)));
            double[] logProbs = results.get(1).doubles();
            float[] floats = new float[logProbs.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) logProbs[i];
            }
            open.reveal(results.get(0).ints(), floats);
        }
    }
}
