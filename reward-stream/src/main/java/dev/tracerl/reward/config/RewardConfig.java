package dev.tracerl.reward.config;

import dev.tracerl.schemas.client.ClientSettings;
import dev.tracerl.schemas.client.Connection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Infrastructure of this service. What it works on comes with the run that the deployment is assigned to. */
@ConfigMapping(prefix = "tracerl")
public interface RewardConfig {

    /** Name of the deployment whose assignment this service follows. */
    @WithDefault("local")
    String deployment();

    /** Name of this worker, unique within the deployment and stable over restarts. */
    @WithDefault("reward-0")
    String worker();

    /** What this process does: {@code topology} or {@code verifier}. */
    @WithDefault("topology")
    Role role();

    /** Directory of the state stores; one folder per run, named by its id and the time of its creation. */
    @WithDefault("data/reward-stream")
    Path dataDir();

    /** The broker. */
    Kafka kafka();

    /** The schema registry. */
    Registry registry();

    /** The topology. */
    Streams streams();

    /** Questions over HTTP. */
    Http http();

    /** How the topology waits for checks by workers. */
    Checks checks();

    /** The worker, in the role {@code verifier}. */
    Verifier verifier();

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

    /** The topology. */
    interface Streams {

        /** Threads that share the partitions. */
        @WithDefault("1")
        int threads();

        /**
         * Time between commits: how long a result waits until others see it. It is 250 ms at least while records are read
         * more than a second late, as after an interruption: with fewer commits the backlog ends sooner.
         */
        @WithDefault("30ms")
        Duration commitInterval();

        /** How long the broker waits for a worker that disappeared before others take over. */
        @WithDefault("8s")
        Duration sessionTimeout();

        /** How often groups are checked for their time-out. */
        @WithDefault("1s")
        Duration expireInterval();

        /** Memory of all state stores together, outside of the heap, in MiB. */
        @WithDefault("48")
        int storeMemoryMib();
    }

    /** Questions over HTTP. */
    interface Http {

        /**
         * Host and port at which other instances and their clients reach this one. Absent: those that it listens on, or the
         * name of this machine if it listens on all addresses.
         */
        Optional<String> advertised();

        /** What it listens on: follows Quarkus's settings and is not set by itself. */
        @WithDefault("${quarkus.http.host:127.0.0.1}:${quarkus.http.port:8082}")
        String listening();
    }

    /** How the topology waits for checks by workers. */
    interface Checks {

        /**
         * How long it waits for an answer before it asks again or gives up, from the request on: time in the queue of the
         * workers counts. Absent: an equal part of the group's time-out for each attempt.
         */
        Optional<Duration> timeout();

        /** How often it asks at most. */
        @WithDefault("3")
        int attempts();
    }

    /** The worker, in the role {@code verifier}. */
    interface Verifier {

        /** Checks at one time. */
        @WithDefault("1")
        int threads();

        /** How often a check may end its worker before it is refused. */
        @WithDefault("3")
        int attempts();

        /** How long the broker waits for a worker that disappeared before others take over. */
        @WithDefault("8s")
        Duration sessionTimeout();
    }

    /** How to reach the broker and the registry; settings of clients come from the environment, too. */
    default Connection connection() {
        return ClientSettings.ofEnvironment(System.getenv())
                .with(new ClientSettings(kafka().settings(), registry().settings()))
                .connection(kafka().bootstrapServers(), registry().url());
    }
}
