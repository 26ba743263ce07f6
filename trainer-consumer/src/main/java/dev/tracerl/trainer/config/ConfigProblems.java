package dev.tracerl.trainer.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration beyond the types of its values. */
public final class ConfigProblems {

    private ConfigProblems() {}

    /** One sentence for every wrong key; empty if the service can start. */
    public static List<String> of(TrainerConfig config) {
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
        positive(problems, "tracerl.read-ahead-steps", config.readAheadSteps());
        directory(problems, config.dataDir());
        config.weightFolder()
                .ifPresent(folder -> require(
                        problems,
                        Files.isDirectory(folder) && Files.isWritable(folder),
                        "tracerl.weight-folder: " + folder.toAbsolutePath()
                                + " is not a folder that can be written to; create or mount it"));
        return problems;
    }

    private static void directory(List<String> problems, Path directory) {
        try {
            Files.createDirectories(directory);
            require(
                    problems,
                    Files.isWritable(directory),
                    "tracerl.data-dir: " + directory.toAbsolutePath() + " cannot be written to");
        } catch (IOException e) {
            problems.add("tracerl.data-dir: " + directory.toAbsolutePath() + " cannot be created: " + e.getMessage());
        }
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
