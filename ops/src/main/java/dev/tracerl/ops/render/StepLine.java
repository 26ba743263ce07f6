package dev.tracerl.ops.render;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One readable line per training step. */
public final class StepLine {

    private StepLine() {}

    /**
     * The line of a step.
     *
     * @param previousMillis when the step before ended, for rates, in milliseconds since 1970; -1 for the first
     * @param newest evaluation that was finished since the line before, if any
     */
    public static String of(TrainStep step, long previousMillis, @Nullable Evaluation newest) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "step %4d  version %4d", step.getStep(), step.getVersion()));
        if (step.getMeanReward() != null) {
            line.append(String.format(Locale.ROOT, "  reward %.3f", step.getMeanReward()));
            line.append(String.format(Locale.ROOT, "  lag %.1f/%d", step.getLagMean(), step.getLagMax()));
        }
        line.append(rates(step, previousMillis));
        if (step.getMeanReward() != null) {
            line.append(String.format(Locale.ROOT, "  clip %.3f  kl %.4f", step.getClipFraction(), step.getKl()));
        }
        line.append(String.format(Locale.ROOT, "  loss %.4f", step.getLoss()));
        if (step.getValueLoss() != null) {
            line.append(String.format(Locale.ROOT, "  value %.4f", step.getValueLoss()));
        }
        if (newest != null) {
            line.append(String.format(
                    Locale.ROOT, "  held-out %.1f %% @%d", 100 * newest.getAccuracy(), newest.getVersion()));
        }
        return line.toString();
    }

    private static String rates(TrainStep step, long previousMillis) {
        long millis = step.getAt().toEpochMilli() - previousMillis;
        if (previousMillis < 0 || millis <= 0) {
            return "";
        }
        double seconds = millis / 1e3;
        return String.format(
                Locale.ROOT, "  %.0f traj/s  %.0f tok/s", step.getSamples() / seconds, step.getTokens() / seconds);
    }
}
