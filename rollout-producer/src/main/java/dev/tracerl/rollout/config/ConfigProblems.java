package dev.tracerl.rollout.config;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration beyond the types of its values. */
public final class ConfigProblems {

    private ConfigProblems() {}

    /** One sentence for every wrong key; empty if the service can start. */
    public static List<String> of(RolloutConfig config) {
        List<String> problems = new ArrayList<>();
        filled(problems, "tracerl.deployment", config.deployment());
        filled(problems, "tracerl.worker", config.worker());
        filled(problems, "tracerl.kafka.bootstrap-servers", config.kafka().bootstrapServers());
        require(
                problems,
                config.registry().url().matches("(https?|mock)://.+"),
                "tracerl.registry.url is '" + config.registry().url() + "', must be an http or https URL");
        require(
                problems,
                config.device().matches("cpu|cuda(:\\d+)?"),
                "tracerl.device is '" + config.device() + "', must be cpu, cuda or cuda:<index>");
        positive(problems, "tracerl.threads", config.threads());
        positive(problems, "tracerl.rollout.active-sequences", config.rollout().activeSequences());
        positive(problems, "tracerl.rollout.queued-groups", config.rollout().queuedGroups());
        positive(problems, "tracerl.rollout.pinned-versions", config.rollout().pinnedVersions());
        completions(problems, config.api());
        config.weightFolder()
                .ifPresent(folder -> require(
                        problems,
                        Files.isDirectory(folder),
                        "tracerl.weight-folder: " + folder.toAbsolutePath() + " is not a folder; create or mount it"));
        return problems;
    }

    private static void completions(List<String> problems, RolloutConfig.Api api) {
        positive(problems, "tracerl.api.open-prompts", api.openPrompts());
        positive(problems, "tracerl.api.active-sequences", api.activeSequences());
        require(
                problems,
                api.share() > 0 && api.share() <= 1,
                "tracerl.api.share is " + api.share() + ", must be greater than 0 and at most 1");
        api.key().ifPresent(key -> filled(problems, "tracerl.api.key", key));
    }

    private static void filled(List<String> problems, String key, String value) {
        require(problems, !value.isBlank(), key + " must not be blank");
    }

    private static void positive(List<String> problems, String key, int value) {
        require(problems, value > 0, key + " is " + value + ", must be at least 1");
    }

    private static void require(List<String> problems, boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
