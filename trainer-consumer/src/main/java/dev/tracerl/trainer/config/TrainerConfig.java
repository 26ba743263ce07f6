package dev.tracerl.trainer.config;

import dev.tracerl.schemas.client.ClientSettings;
import dev.tracerl.schemas.client.Connection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Infrastructure of this service. What to train comes with the run that the deployment is assigned to. */
@ConfigMapping(prefix = "tracerl")
public interface TrainerConfig {

    /** Name of the deployment whose assignment this service follows. */
    @WithDefault("local")
    String deployment();

    /** Name of this worker in logs. */
    @WithDefault("trainer-consumer")
    String worker();

    /** Where the network is trained: cpu, cuda or cuda:1. */
    @WithDefault("cpu")
    String device();

    /** Threads inside a tensor operation. Other numbers may round differently: keep it for the length of a run. */
    @WithDefault("1")
    int threads();

    /** Directory of the checkpoints, one folder per run. Must outlive the process. */
    @WithDefault("data/trainer-consumer")
    Path dataDir();

    /** Folder that trainer and rollouts share, for runs with the weight store FILE; must be there. */
    Optional<Path> weightFolder();

    /** Steps whose groups are read ahead while the trainer trains. */
    @WithDefault("2")
    int readAheadSteps();

    /** Recorded steps to train again instead of following an assignment; the process ends with it. */
    Optional<Replay> replay();

    /** The broker. */
    Kafka kafka();

    /** The schema registry. */
    Registry registry();

    /** A replay, which writes nothing to the log. */
    interface Replay {

        /** The run. */
        String run();

        /** Version to start at or before. */
        long from();

        /** Version to end with. */
        long to();

        /** File that is told how it goes: one JSON object per line. */
        Path report();
    }

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

    /** How to reach the broker and the registry; settings of clients come from the environment, too. */
    default Connection connection() {
        return ClientSettings.ofEnvironment(System.getenv())
                .with(new ClientSettings(kafka().settings(), registry().settings()))
                .connection(kafka().bootstrapServers(), registry().url())
                .with(weightFolder());
    }
}
