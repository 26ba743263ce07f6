package dev.tracerl.ops.deadletters;

import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts the bytes of dead letters back onto the topics they came from: with the same key, on the same partition, with the
 * headers of the refused record. Several services may refuse one record: it is replayed once. All that is chosen is
 * written in one transaction, which a second replay of the run at the same time cannot share, so that nothing is
 * replayed twice unless that is wanted.
 */
public final class LetterReplay {

    private final Connection connection;
    private final String runId;

    /** Replays of one run. */
    public LetterReplay(Connection connection, String runId) {
        this.connection = connection;
        this.runId = runId;
    }

    /**
     * Replays letters.
     *
     * @param again also those that were replayed already
     * @return what became of each of them
     */
    public List<Replayed> replay(List<Letter> letters, boolean again) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RunTopics.of(runId).client("dead-letter-replay"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Replayed> replayed = new ArrayList<>();
            for (Map.Entry<String, List<Letter>> origin : byTopic(letters).entrySet()) {
                replayed.addAll(replay(producer, origin.getKey(), origin.getValue(), again));
            }
            producer.commitTransaction();
            return replayed;
        }
    }

    private static Map<String, List<Letter>> byTopic(List<Letter> letters) {
        return letters.stream()
                .collect(
                        Collectors.groupingBy(letter -> letter.letter().getTopic(), TreeMap::new, Collectors.toList()));
    }

    private List<Replayed> replay(
            KafkaProducer<byte[], byte[]> producer, String topic, List<Letter> letters, boolean again) {
        Optional<String> refusal = refusal(topic);
        if (refusal.isPresent()) {
            return letters.stream().map(letter -> not(letter, refusal.get())).toList();
        }
        Set<OriginalPlace> places = letters.stream().map(LetterReplay::place).collect(Collectors.toSet());
        Origins origins = Origins.read(connection, topic, places);
        int partitions = producer.partitionsFor(topic).size();
        Set<OriginalPlace> written = new HashSet<>();
        List<Replayed> replayed = new ArrayList<>();
        for (Letter letter : letters) {
            if (letter.value() == null) {
                replayed.add(not(letter, "it has no bytes"));
            } else if (origins.isReplayed(place(letter)) && !again) {
                replayed.add(not(letter, "its record was replayed already; --again does it once more"));
            } else if (!written.add(place(letter))) {
                replayed.add(not(letter, "its record is replayed with an earlier letter"));
            } else {
                replayed.add(send(producer, letter, letter.letter().getPartition() % partitions, origins));
            }
        }
        return replayed;
    }

    /** Only the newest value counts on a compacted topic: an old one must not come back. */
    private Optional<String> refusal(String topic) {
        Optional<Topic<?>> known = RunTopics.of(runId).all().stream()
                .filter(found -> found.name().equals(topic))
                .findFirst();
        if (known.isEmpty()) {
            return Optional.of("its topic does not belong to run " + runId);
        }
        return "delete".equals(known.get().settings().get("cleanup.policy"))
                ? Optional.empty()
                : Optional.of("its topic is compacted");
    }

    private static Replayed send(
            KafkaProducer<byte[], byte[]> producer, Letter letter, int partition, Origins origins) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(letter.letter().getTopic(), partition, letter.key(), letter.value());
        origins.headers(place(letter)).ifPresent(headers -> {
            for (Header header : headers) {
                if (!header.key().equals(OriginalPlace.HEADER) && !header.key().equals(Origins.HEADER)) {
                    record.headers().add(header);
                }
            }
        });
        record.headers().add(Origins.HEADER, place(letter).bytes());
        RecordMetadata written = await(producer, record);
        return new Replayed(letter.number(), true, written.topic(), written.partition(), written.offset(), "");
    }

    private static RecordMetadata await(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> sent = producer.send(record);
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + record.topic() + " could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to topic " + record.topic(), e);
        }
    }

    private static Replayed not(Letter letter, String reason) {
        DeadLetter origin = letter.letter();
        return new Replayed(letter.number(), false, origin.getTopic(), origin.getPartition(), null, reason);
    }

    private static OriginalPlace place(Letter letter) {
        return new OriginalPlace(letter.letter().getPartition(), letter.letter().getOffset());
    }
}
