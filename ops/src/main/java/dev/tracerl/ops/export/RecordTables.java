package dev.tracerl.ops.export;

import static dev.tracerl.ops.export.Column.flag;
import static dev.tracerl.ops.export.Column.float64;
import static dev.tracerl.ops.export.Column.int32;
import static dev.tracerl.ops.export.Column.int64;
import static dev.tracerl.ops.export.Column.text;
import static dev.tracerl.ops.export.Column.time;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.List;
import java.util.stream.Stream;

/** The tables whose rows are records as they are on the log. */
final class RecordTables {

    static final Table<TrainStep> TRAIN_STEPS = new Table<>(
            ExportTable.TRAIN_STEPS,
            Stream.concat(stepIdentity().stream(), stepMetrics().stream()).toList());

    static final Table<Evaluation> EVALUATIONS = new Table<>(
            ExportTable.EVALUATIONS,
            List.of(
                    text("evaluation_id", Evaluation::getEvaluationId),
                    text("task_set", Evaluation::getSet),
                    int64("version", Evaluation::getVersion),
                    int32("tasks", Evaluation::getTasks),
                    int32("samples", Evaluation::getSamples),
                    int32("excluded", Evaluation::getExcluded),
                    int32("correct", Evaluation::getCorrect),
                    float64("accuracy", Evaluation::getAccuracy),
                    float64("mean_score", Evaluation::getMeanScore),
                    time("started_at", Evaluation::getStartedAt),
                    time("at", Evaluation::getAt)));

    private RecordTables() {}

    private static List<Column<TrainStep>> stepIdentity() {
        return List.of(
                int64("step", TrainStep::getStep),
                int64("version", TrainStep::getVersion),
                flag("published", TrainStep::getPublished),
                int32("rank", TrainStep::getRank),
                int32("world_size", TrainStep::getWorldSize),
                int32("groups", step -> step.getGroups().size()),
                int32("samples", TrainStep::getSamples),
                int64("tokens", TrainStep::getTokens),
                int64("packed_tokens", TrainStep::getPackedTokens),
                int64("updates", TrainStep::getUpdates),
                time("at", TrainStep::getAt));
    }

    private static List<Column<TrainStep>> stepMetrics() {
        return List.of(
                float64("learning_rate", TrainStep::getLearningRate),
                float64("loss", TrainStep::getLoss),
                float64("policy_loss", TrainStep::getPolicyLoss),
                float64("kl_loss", TrainStep::getKlLoss),
                float64("kl", TrainStep::getKl),
                float64("clip_fraction", TrainStep::getClipFraction),
                float64("gradient_norm", TrainStep::getGradientNorm),
                float64("effective_sample_ratio", TrainStep::getEffectiveSampleRatio),
                float64("mean_reward", TrainStep::getMeanReward),
                float64("lag_mean", TrainStep::getLagMean),
                int64("lag_max", TrainStep::getLagMax),
                float64("value_loss", TrainStep::getValueLoss),
                float64("explained_variance", TrainStep::getExplainedVariance),
                int64("wait_millis", TrainStep::getWaitMillis),
                int64("train_millis", TrainStep::getTrainMillis),
                int64("publish_millis", TrainStep::getPublishMillis));
    }
}
