package dev.tracerl.reward.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds wrong values in the configuration, all at once. */
public final class ConfigCheck {

    private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s:/]+:\\d{1,5}");

    private ConfigCheck() {}

    /** @throws IllegalArgumentException naming every wrong key, its value and the bound */
    public static void check(RewardConfig config) {
        List<String> problems = new ArrayList<>();
        present(problems, "tracerl.deployment", config.deployment());
        present(problems, "tracerl.worker", config.worker());
        present(problems, "tracerl.kafka.bootstrap-servers", config.kafka().bootstrapServers());
        present(problems, "tracerl.registry.url", config.registry().url());
        config.http().advertised().ifPresent(advertised -> advertised(problems, advertised));
        RewardConfig.Streams streams = config.streams();
        atLeast(problems, "tracerl.streams.threads", streams.threads(), 1);
        atLeast(problems, "tracerl.streams.store-memory-mib", streams.storeMemoryMib(), 8);
        positive(problems, "tracerl.streams.commit-interval", streams.commitInterval());
        positive(problems, "tracerl.streams.session-timeout", streams.sessionTimeout());
        positive(problems, "tracerl.streams.expire-interval", streams.expireInterval());
        config.checks().timeout().ifPresent(timeout -> positive(problems, "tracerl.checks.timeout", timeout));
        atLeast(problems, "tracerl.checks.attempts", config.checks().attempts(), 1);
        atLeast(problems, "tracerl.verifier.threads", config.verifier().threads(), 1);
        atLeast(problems, "tracerl.verifier.attempts", config.verifier().attempts(), 1);
        positive(problems, "tracerl.verifier.session-timeout", config.verifier().sessionTimeout());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("wrong configuration: " + String.join("; ", problems));
        }
    }

    private static void advertised(List<String> problems, String advertised) {
        if (AdvertisedAddress.isWildcard(advertised)) {
            problems.add("tracerl.http.advertised is " + advertised
                    + ", which is every machine's: name one that others can reach, like 10.0.0.7:8082");
        } else if (!HOST_AND_PORT.matcher(advertised).matches()) {
            problems.add(
                    "tracerl.http.advertised is " + advertised + ", must be a host and a port, like 10.0.0.7:8082");
        }
    }

    private static void present(List<String> problems, String key, String value) {
        if (value.isBlank()) {
            problems.add(key + " is empty");
        }
    }

    private static void atLeast(List<String> problems, String key, int value, int least) {
        if (value < least) {
            problems.add(key + " is " + value + ", must be at least " + least);
        }
    }

    private static void positive(List<String> problems, String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            problems.add(key + " is " + value + ", must be positive");
        }
    }
}
