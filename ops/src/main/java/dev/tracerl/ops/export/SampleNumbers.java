package dev.tracerl.ops.export;

import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;

/**
 * Numbers the groups and samples of a run densely, so that what is known of them fits into bits and files. Admission
 * numbers the groups of either purpose without gaps.
 *
 * @param samples most samples of a group
 */
record SampleNumbers(int samples) {

    static SampleNumbers of(RunSpec run) {
        int evaluated = run.getEvaluation().stream()
                .mapToInt(EvaluationPlan::getSamplesPerTask)
                .max()
                .orElse(1);
        return new SampleNumbers(Math.max(run.getGroups().getSamplesPerGroup(), evaluated));
    }

    long group(Purpose purpose, long sequence) {
        return 2 * sequence + (purpose == Purpose.TRAINING ? 0 : 1);
    }

    /** Only for samples that {@link #holds}. */
    long sample(long group, int sample) {
        return group * samples + sample;
    }

    long sample(Trajectory trajectory) {
        return sample(group(trajectory.getPurpose(), trajectory.getSequence()), trajectory.getSample());
    }

    boolean holds(int sample) {
        return sample >= 0 && sample < samples;
    }
}
