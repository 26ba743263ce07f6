package dev.tracerl.reward.worker;

import dev.tracerl.reward.judging.Judgment;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.verifiers.ChunkScore;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers requests. A request that was answered before, and is sent again, gets the same answer without a check. */
final class Checker {

    private static final int REMEMBERED = 4096;

    private final Map<String, Verifier> verifiers;
    private final String worker;
    private final Map<String, VerificationAnswer> answers = new LinkedHashMap<>();

    Checker(Map<String, Verifier> verifiers, String worker) {
        this.verifiers = verifiers;
        this.worker = worker;
    }

    VerificationAnswer check(VerificationRequest request) {
        VerificationAnswer known = answers.get(request.getTrajectoryId());
        if (known != null) {
            return known;
        }
        VerificationAnswer answer = answer(request, Judgment.of(verifiers, request.getTask(), request.getAnswer()));
        answers.put(request.getTrajectoryId(), answer);
        if (answers.size() > REMEMBERED) {
            answers.remove(answers.keySet().iterator().next());
        }
        return answer;
    }

    /** The answer to a request that nobody can check. */
    VerificationAnswer failed(VerificationRequest request, String reason) {
        String kind = request.getTask().getKind();
        return answer(request, new Judgment(kind, "none", new Verdict.Failed(reason, 0), 0));
    }

    private VerificationAnswer answer(VerificationRequest request, Judgment judgment) {
        List<ChunkScore> chunks = judgment.found().chunks();
        return VerificationAnswer.newBuilder()
                .setTrajectoryId(request.getTrajectoryId())
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(request.getSample())
                .setWorker(worker)
                .setVerifier(judgment.verifier())
                .setVerifierVersion(judgment.version())
                .setOutcome(judgment.outcome())
                .setScore(judgment.score())
                .setStepRewards(
                        chunks.isEmpty()
                                ? null
                                : chunks.stream().map(ChunkScore::score).toList())
                .setStepEnds(
                        chunks.isEmpty()
                                ? null
                                : chunks.stream().map(ChunkScore::end).toList())
                .setReason(judgment.reason())
                .setOperations(judgment.found().operations())
                .setMicros(judgment.micros())
                .build();
    }
}
