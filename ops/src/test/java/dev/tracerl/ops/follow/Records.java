package dev.tracerl.ops.follow;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records of a run for tests, and a progress made of them. */
public final class Records {

    private final RunSpec spec;
    private final RunProgress progress;

    /** Records of one run. */
    public Records(RunSpec spec) {
        this.spec = spec;
        this.progress = new RunProgress(spec);
    }

    public RunProgress progress() {
        return progress;
    }

    public Records step(long step, double reward, Instant at) {
        progress.add(trainStep(spec.getRunId(), step, reward, at));
        return this;
    }

    public static TrainStep trainStep(String runId, long step, Double reward, Instant at) {
        return TrainStep.newBuilder()
                .setRunId(runId)
                .setStep(step)
                .setVersion(step)
                .setPublished(true)
                .setGroups(List.of())
                .setInputs(List.of())
                .setUpdates(2 * step)
                .setLearningRate(1e-3)
                .setLoss(0.25)
                .setPolicyLoss(0.2)
                .setKlLoss(0.05)
                .setKl(0.0125)
                .setClipFraction(0.0625)
                .setGradientNorm(1)
                .setEffectiveSampleRatio(0.9)
                .setMeanReward(reward)
                .setSamples(64)
                .setTokens(1088)
                .setPackedTokens(4000)
                .setLagMean(1.5)
                .setLagMax(3)
                .setWaitMillis(200)
                .setTrainMillis(1500)
                .setPublishMillis(10)
                .setAt(at)
                .build();
    }

    public Records evaluation(String set, long version, int correct, int samples) {
        progress.add(evaluation(spec.getRunId(), set, version, correct, samples));
        return this;
    }

    public static Evaluation evaluation(String runId, String set, long version, int correct, int samples) {
        return Evaluation.newBuilder()
                .setRunId(runId)
                .setEvaluationId(Ids.evaluation(set, version))
                .setSet(set)
                .setVersion(version)
                .setTasks(samples)
                .setSamples(samples)
                .setExcluded(0)
                .setCorrect(correct)
                .setAccuracy((double) correct / samples)
                .setMeanScore(0.5)
                .setStartedAt(Instant.EPOCH)
                .setAt(Instant.EPOCH)
                .build();
    }

    public Records finished(long finalVersion) {
        progress.add(RunStatus.newBuilder()
                .setRunId(spec.getRunId())
                .setState(RunState.FINISHED)
                .setReason("all steps are done")
                .setStep(finalVersion)
                .setVersion(finalVersion)
                .setFinalVersion(finalVersion)
                .setAt(Instant.EPOCH)
                .build());
        return this;
    }

    public Records weights(long version, String sha256) {
        progress.add(WeightManifest.newBuilder()
                .setModelId(spec.getRunId())
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256(sha256)
                .setSize(1)
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setChunks(1)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build());
        return this;
    }

    public Records outcome(long sequence, Outcome outcome, int samples) {
        List<SampleOutcome> entries = IntStream.range(0, samples)
                .mapToObj(sample -> SampleOutcome.newBuilder()
                        .setSample(sample)
                        .setStatus(SampleResult.REWARDED)
                        .build())
                .toList();
        progress.add(GroupOutcome.newBuilder()
                .setGroupId(Ids.group(spec.getRunId(), Purpose.TRAINING, sequence))
                .setSequence(sequence)
                .setRunId(spec.getRunId())
                .setPurpose(Purpose.TRAINING)
                .setTaskId("train/0")
                .setOutcome(outcome)
                .setSamples(entries)
                .setDecidedBy("test")
                .setAt(Instant.EPOCH)
                .build());
        return this;
    }
}
