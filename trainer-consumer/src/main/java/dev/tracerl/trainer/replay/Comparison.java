package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.train.StepResult;
import dev.tracerl.trainer.train.ValueResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares steps with their records. The checksum of a published version decides; the numbers of the steps before it tell
 * which of them was the first to differ.
 */
final class Comparison {

    private final Map<Long, WeightManifest> versions;
    private final ReplayListener listener;
    private @Nullable Difference suspect; // since the last version that was the same

    Comparison(Map<Long, WeightManifest> versions, ReplayListener listener) {
        this.versions = versions;
        this.listener = listener;
    }

    /**
     * Compares a step.
     *
     * @param parameters what it left
     * @return the first difference, once a version shows it
     */
    Optional<Difference> step(TrainStep recorded, StepResult result, Supplier<WeightBytes> parameters) {
        listener.trained(recorded, result.loss().loss());
        List<String> numbers = numbers(recorded, result);
        if (suspect == null && !numbers.isEmpty()) {
            suspect = new Difference(recorded.getStep(), recorded.getVersion(), numbers);
        }
        WeightManifest manifest = versions.get(recorded.getVersion());
        return manifest == null
                ? Optional.empty()
                : version(manifest, parameters.get().sha256());
    }

    /** Compares the bytes of a version. */
    Optional<Difference> version(WeightManifest manifest, String sha256) {
        if (sha256.equals(manifest.getSha256())) {
            suspect = null;
            listener.same(manifest.getVersion(), sha256);
            return Optional.empty();
        }
        Difference first = suspect;
        List<String> what = new ArrayList<>(first == null ? List.of() : first.what());
        what.add(
                "sha256 of version " + manifest.getVersion() + " is " + sha256 + " instead of " + manifest.getSha256());
        long step = first == null ? manifest.getStep() : first.step();
        return Optional.of(new Difference(step, manifest.getVersion(), what));
    }

    private static List<String> numbers(TrainStep recorded, StepResult result) {
        List<String> differences = new ArrayList<>();
        add(differences, "loss", result.loss().loss(), recorded.getLoss());
        add(differences, "policy loss", result.loss().policyLoss(), recorded.getPolicyLoss());
        add(differences, "KL loss", result.loss().klLoss(), recorded.getKlLoss());
        add(differences, "gradient norm", result.gradientNorm(), recorded.getGradientNorm());
        add(differences, "learning rate", result.learningRate(), recorded.getLearningRate());
        add(differences, "value loss", valueLoss(result), recorded.getValueLoss());
        return differences;
    }

    private static @Nullable Double valueLoss(StepResult result) {
        OptionalDouble loss = result.value().map(ValueResult::loss).orElse(OptionalDouble.empty());
        return loss.isPresent() ? loss.getAsDouble() : null;
    }

    private static void add(List<String> differences, String name, @Nullable Double found, @Nullable Double recorded) {
        if (!Objects.equals(found, recorded)) {
            differences.add(name + " is " + found + " instead of " + recorded);
        }
    }
}
