package dev.tracerl.ops.cli;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the records of a run that could not be processed. */
@Command(
        name = "dead-letters",
        description = "List the records of a run that could not be processed, and why.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run.")
    @SuppressWarnings("NullAway.Init")
    private String run;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        PrintWriter out = command.commandLine().getOut();
        AtomicInteger count = new AtomicInteger();
        TopicReader.each(connection, serdes, RunTopics.of(run).deadLetters(), (key, letter) -> {
            letter.ifPresent(found -> out.println(describe(key, found)));
            count.incrementAndGet();
        });
        out.println(count.get() == 0 ? "Run " + run + " has no dead letters." : count + " dead letters");
        return 0;
    }

    private static String describe(String key, DeadLetter letter) {
        int bytes = Optional.ofNullable(letter.getValue())
                .map(ByteBuffer::remaining)
                .orElse(0);
        return "%s  %s  %s-%d@%d  key %s  %d bytes%n    %s"
                .formatted(
                        letter.getAt(),
                        letter.getStage(),
                        letter.getTopic(),
                        letter.getPartition(),
                        letter.getOffset(),
                        key,
                        bytes,
                        letter.getReason());
    }
}
