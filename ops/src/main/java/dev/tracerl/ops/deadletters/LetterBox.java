package dev.tracerl.ops.deadletters;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RecordReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * All dead letters of a run.
 *
 * @param letters the letters in the order of their numbers
 * @param undecodable records of the topic that are no dead letters
 */
public record LetterBox(List<Letter> letters, long undecodable) {

    public LetterBox {
        letters = List.copyOf(letters);
    }

    /** Reads the topic dead-letters of a run. */
    public static LetterBox read(Connection connection, AvroSerdes serdes, String runId) {
        String topic = RunTopics.of(runId).deadLetters().name();
        Deserializer<DeadLetter> deserializer = serdes.deserializer(DeadLetter.class);
        List<Letter> letters = new ArrayList<>();
        long[] undecodable = {0};
        RecordReader.each(connection, topic, found -> {
            Decoded<DeadLetter> decoded = Decoded.of(deserializer, topic, found.value());
            decoded.value()
                    .ifPresentOrElse(
                            letter -> letters.add(
                                    new Letter(OriginalPlace.of(found).offset(), letter)),
                            () -> undecodable[0]++);
        });
        return new LetterBox(letters, undecodable[0]);
    }
}
