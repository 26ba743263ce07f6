package dev.tracerl.rollout.config;

import dev.tracerl.schemas.client.ClientSettings;
import dev.tracerl.schemas.client.Connection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Infrastructure of this service. What to sample comes with the run that the deployment is assigned to. */
@ConfigMapping(prefix = "tracerl")
public interface RolloutConfig {

    /** Name of the deployment whose assignment this service follows. */
    @WithDefault("local")
    String deployment();

    /** Name of this worker, unique within the deployment and stable over restarts. */
    @WithDefault("rollout-0")
    String worker();

    /** Where the network runs: cpu, cuda or cuda:1. */
    @WithDefault("cpu")
    String device();

    /** Threads inside a tensor operation. */
    @WithDefault("1")
    int threads();

    /** Directory for local state; this service keeps none. */
    Optional<String> dataDir();

    /** Folder that trainer and rollouts share, for runs with the weight store FILE; must be there. */
    Optional<Path> weightFolder();

    /** The broker. */
    Kafka kafka();

    /** The schema registry. */
    Registry registry();

    /** Sizes of the engine. */
    Rollout rollout();

    /** The endpoint for completions. */
    Api api();

    /** The broker. */
    interface Kafka {

        /** Host and port of one or more brokers, separated by commas. */
        @WithDefault("127.0.0.1:9092")
        String bootstrapServers();

        /** Further settings of every Kafka client, by Kafka's names. */
        Map<String, String> settings();
    }

    /** The schema registry. */
    interface Registry {

        /** URL of a Confluent-compatible registry. */
        @WithDefault("http://127.0.0.1:8080/apis/ccompat/v7")
        String url();

        /** Further settings of the registry client, by Confluent's names. */
        Map<String, String> settings();
    }

    /** Sizes of the engine. */
    interface Rollout {

        /** Sequences that are sampled at one time; no group is added beyond it. */
        @WithDefault("512")
        int activeSequences();

        /** Groups that wait in memory before the service reads no more requests. */
        @WithDefault("1024")
        int queuedGroups();

        /** Versions that evaluations may hold in memory at one time, besides the newest. */
        @WithDefault("2")
        int pinnedVersions();
    }

    /** The endpoint for completions. */
    interface Api {

        /** Whether it is open. */
        @WithDefault("true")
        boolean enabled();

        /** What clients must send as bearer token; absent: nothing. */
        Optional<String> key();

        /** Prompts that may wait or be sampled at one time; further requests are refused for now. */
        @WithDefault("256")
        int openPrompts();

        /** Sequences that are sampled at one time for clients, besides those of rollouts. */
        @WithDefault("16")
        int activeSequences();

        /** Most of the sampler's time that clients may take while there are rollouts, in (0, 1]. */
        @WithDefault("0.1")
        double share();
    }

    /** How to reach the broker and the registry; settings of clients come from the environment, too. */
    default Connection connection() {
        return ClientSettings.ofEnvironment(System.getenv())
                .with(new ClientSettings(kafka().settings(), registry().settings()))
                .connection(kafka().bootstrapServers(), registry().url())
                .with(weightFolder());
    }
}
