package dev.tracerl.reward.grouping;

import static dev.tracerl.reward.grouping.MalformedException.unless;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a trajectory answers its request and is whole: every packed field is aligned and in range. */
final class TrajectoryCheck {

    private TrajectoryCheck() {}

    /** What is wrong with the trajectory; empty if nothing is. */
    static Optional<String> problem(RolloutRequest request, Trajectory trajectory) {
        try {
            answers(request, trajectory);
            content(request, trajectory);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("malformed trajectory: " + e.getMessage());
        }
    }

    private static void answers(RolloutRequest request, Trajectory trajectory) {
        same("samples", request.getSamples(), trajectory.getSamples());
        same("taskId", request.getTask().getTaskId(), trajectory.getTaskId());
        same("evaluationId", request.getEvaluationId(), trajectory.getEvaluationId());
    }

    private static void content(RolloutRequest request, Trajectory trajectory) {
        List<Segment> segments = trajectory.getSegments();
        int given = 0;
        for (Segment segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
            unless(!segment.getGenerated(), () -> "a generated segment is not the last one");
            given += SegmentCheck.tokens(segment);
        }
        unless(!segments.isEmpty() && generated(trajectory).getGenerated(), () -> "the last segment is not generated");
        versions(request, trajectory, given, SegmentCheck.tokens(generated(trajectory)));
    }

    private static void versions(RolloutRequest request, Trajectory trajectory, int given, int generated) {
        long[] versions = Packed.longs(trajectory.getBlockVersions());
        int blocks = blocks(trajectory, request.getSampler().getBlockSize(), given, generated);
        unless(
                versions.length == blocks,
                () -> "blockVersions has " + versions.length + " entries for " + blocks + " blocks");
        unless(Arrays.stream(versions).allMatch(version -> version >= 0), () -> "a block version is negative");
        Long pinned = request.getPinnedVersion();
        unless(
                pinned == null || Arrays.stream(versions).allMatch(version -> version == pinned),
                () -> "sampled by version " + Arrays.toString(versions) + ", but pinned to " + pinned);
    }

    /** Blocks aligned to absolute position 0 may begin within the prompt. */
    private static int blocks(Trajectory trajectory, int blockSize, int given, int generated) {
        return switch (trajectory.getPartition()) {
            case ABSOLUTE -> (given + generated - 1) / blockSize - given / blockSize + 1;
            case RESPONSE -> (generated - 1) / blockSize + 1;
        };
    }

    /** The response. */
    static Segment generated(Trajectory trajectory) {
        return trajectory.getSegments().get(trajectory.getSegments().size() - 1);
    }

    private static void same(String field, @Nullable Object expected, @Nullable Object found) {
        unless(Objects.equals(expected, found), () -> field + " is " + found + ", the request says " + expected);
    }
}
