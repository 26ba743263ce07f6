package dev.tracerl.ops.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.cli.TracerlCommand;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker and a real registry, shared by the tests of the process, and the command line on them. */
public final class TestLog {

    private static final Pattern LOGGED = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d [\\d:.]+ \\[");

    /** Tests delete topics, which the producer would go on asking for. */
    private static final int SOON_FORGOTTEN_MILLIS = 5_000;

    private static TestLog shared;

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
    private final AvroSerdes serdes = connection.serdes();
    private final KafkaProducer<String, SpecificRecord> producer;
    private final Path folder;

    private TestLog() {
        try {
            folder = Files.createTempDirectory("tracerl-ops");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, SOON_FORGOTTEN_MILLIS);
        producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }

    /** The log; the first call starts the broker. */
    public static synchronized TestLog shared() {
        if (shared == null) {
            TestLog log = new TestLog();
            Runtime.getRuntime().addShutdownHook(new Thread(log::stop, "stop-log"));
            shared = log;
        }
        return shared;
    }

    /** What a command did. */
    public record Result(int code, String out, String err) {

        /** Standard output, which must be JSON and nothing else. */
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + out, e);
            }
        }
    }

    /** Runs a command on this log. */
    public Result tracerl(String... arguments) {
        String[] all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--data-dir",
                                folder.toString(),
                                "--bootstrap-servers",
                                connection.bootstrapServers(),
                                "--registry-url",
                                connection.registryUrl()))
                .toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, UTF_8));
        System.setErr(new PrintStream(complaints, true, UTF_8));
        try {
            int code = TracerlCommand.execute(all);
            return new Result(code, written.toString(UTF_8), withoutLog(complaints.toString(UTF_8)));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The command line logs to a file, but not in a process that has logged before. */
    private static String withoutLog(String text) {
        return text.lines().filter(line -> !LOGGED.matcher(line).find()).collect(Collectors.joining("\n"));
    }

    public Connection connection() {
        return connection;
    }

    public AvroSerdes serdes() {
        return serdes;
    }

    /** Writes a record to partition 0 and returns its offset; no value deletes the key. */
    public long send(Topic<?> topic, String key, SpecificRecord value) {
        try {
            return producer.send(new ProducerRecord<>(topic.name(), 0, key, value))
                    .get()
                    .offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All values of a topic, in order. */
    public <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(values::add));
        return values;
    }

    /** End offset and digest of every record, key and value, by topic. */
    public Map<String, String> digests(List<Topic<?>> topics) {
        Map<String, String> digests = new TreeMap<>();
        topics.forEach(topic -> digests.put(topic.name(), digest(topic)));
        return digests;
    }

    private String digest(Topic<?> topic) {
        StringBuilder text = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends =
                    new TreeMap<>((one, other) -> Integer.compare(one.partition(), other.partition()));
            ends.putAll(consumer.endOffsets(partitions));
            Map<String, String> records = new TreeMap<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> records.put(place(found), hash(found)));
            }
            return Checksum.sha256(text.append(ends).append(records).toString().getBytes(UTF_8));
        }
    }

    private static String place(ConsumerRecord<?, ?> found) {
        return found.partition() + "@" + found.offset();
    }

    private static String hash(ConsumerRecord<byte[], byte[]> found) {
        return Checksum.sha256(found.key()) + (found.value() == null ? "" : Checksum.sha256(found.value()));
    }

    private void stop() {
        producer.close();
        registry.close();
        kafka.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
