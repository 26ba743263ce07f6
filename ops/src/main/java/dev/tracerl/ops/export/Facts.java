package dev.tracerl.ops.export;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a trajectory whose group has ended. Nothing is added later: who arrives after the end of its
 * group is not judged.
 *
 * @param outcome how its group ended
 * @param sample what became of it in the group
 * @param verdict its judgment; none if it was malformed or came after the group's end
 * @param trained its advantages, without tokens; none unless the group was handed to the trainer
 */
record Facts(
        GroupOutcome outcome,
        SampleOutcome sample,
        @Nullable Verdict verdict,
        @Nullable TrainingSample trained) {

    /** Advantage of each response token, the first ones kept tokens; empty where the trainer makes them itself. */
    double[] tokenAdvantages() {
        if (trained == null || trained.getTokenRewards() != null) {
            return new double[0];
        }
        double[] advantages = new double[trained.getKeptTokens()];
        float[] own = trained.getTokenAdvantages() == null ? null : Packed.floats(trained.getTokenAdvantages());
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = own == null ? trained.getAdvantage() : own[i];
        }
        return advantages;
    }
}
