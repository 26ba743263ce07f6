package dev.tracerl.ops.export;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what was decided so far. Outcomes come first: what belongs to a group that has ended was on the log before its
 * outcome, so it is read after it.
 */
final class DecisionReader {

    private final ExportLog log;
    private final ExportListener listener;

    DecisionReader(ExportLog log, ExportListener listener) {
        this.log = log;
        this.listener = listener;
    }

    void read(RunTopics topics, Decisions decisions) {
        read("outcomes", topics.groupOutcomes(), decisions::add);
        read("verdicts", topics.verdicts(), decisions::add);
        read("groups", topics.trainingGroups(), decisions::add);
    }

    /** What cannot be decoded decides nothing. */
    private <V extends SpecificRecord> void read(String phase, Topic<V> topic, Consumer<V> handler) {
        ExportLog.Decoder<V> decoder = log.decoder(topic);
        List<Span> spans = log.all(topic.name());
        Meter meter = new Meter(listener, phase, Span.length(spans));
        for (Span span : spans) {
            log.read(span, found -> {
                decoder.decode(found.value()).ifPresent(handler);
                meter.add();
            });
        }
    }
}
