package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.rollout.group.GroupReceipt;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.weights.PolicyWeights;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Task;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A client's prompts as groups of the engine: requests as they could be on the log, but never were. */
final class CompletionGroups {

    private static final String NAME = "completion";

    private final String runId;
    private final Executor thread;
    private final Clock clock;
    private long sequence;

    /** @param thread where responses are turned into text */
    CompletionGroups(String runId, Executor thread, Clock clock) {
        this.runId = runId;
        this.thread = thread;
        this.clock = clock;
    }

    /**
     * One group for every prompt.
     *
     * @param follows whether every block is of interest
     */
    List<RolloutGroup> of(
            Completion completion,
            CompletionRequest request,
            SamplerSettings settings,
            @Nullable PolicyWeights pinned,
            boolean follows) {
        List<RolloutGroup> groups = new ArrayList<>();
        for (Prompt prompt : request.prompts()) {
            int first = groups.size() * request.samples();
            PromptClient client = new PromptClient(completion, first, pinned, follows, thread);
            GroupReceipt receipt = new GroupReceipt(request.samples(), client);
            groups.add(new RolloutGroup(asked(request, prompt), prompt, settings, null, receipt, client));
        }
        return groups;
    }

    private RolloutRequest asked(CompletionRequest request, Prompt prompt) {
        long number = sequence++;
        return RolloutRequest.newBuilder()
                .setRunId(runId)
                .setGroupId(runId + "-" + NAME + "-" + number)
                .setSequence(number)
                .setPurpose(Purpose.EVALUATION)
                .setTask(Task.newBuilder()
                        .setTaskId(NAME)
                        .setSet(NAME)
                        .setIndex(0)
                        .setKind(NAME)
                        .setPrompt(prompt.text())
                        .setInputs(Map.of())
                        .build())
                .setEpoch(0)
                .setSamples(request.samples())
                .setSampler(request.sampler())
                .setSeed(request.seed())
                .setPinnedVersion(request.version())
                .setIssuedAtVersion(0)
                .setIssuedAt(clock.instant())
                .build();
    }
}
