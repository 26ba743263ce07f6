package dev.tracerl.ops.export;

import dev.tracerl.schemas.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Exports a small topic whose records are rows, the first one of each id. It is read from its start to know the ids. */
final class RecordExport<V extends SpecificRecord> {

    private final ExportJob job;
    private final Table<V> table;
    private final Function<V, ?> id;

    RecordExport(ExportJob job, Table<V> table, Function<V, ?> id) {
        this.job = job;
        this.table = table;
        this.id = id;
    }

    void export(ExportLog log, Topic<V> topic) {
        if (!job.settings().tables().contains(table.id())) {
            return;
        }
        ExportLog.Decoder<V> decoder = log.decoder(topic);
        Progress progress = job.progress();
        Set<Object> seen = new HashSet<>();
        try (OpenPart<V> open = job.open(table)) {
            for (Span news : log.news(topic.name(), progress)) {
                read(log, decoder, news, seen, open);
                if (news.length() > 0) {
                    progress.reached(news.partition(), news.from(), news.to());
                }
            }
            open.openFirst();
            job.commits().commit(List.of(open));
        }
    }

    private void read(ExportLog log, ExportLog.Decoder<V> decoder, Span news, Set<Object> seen, OpenPart<V> open) {
        for (Span all : log.all(news.partition().topic())) {
            if (all.partition().equals(news.partition())) {
                log.read(new Span(all.partition(), all.from(), news.to()), found -> {
                    Optional<V> value = decoder.decode(found.value());
                    boolean first = value.isPresent() && seen.add(id.apply(value.get()));
                    if (found.offset() >= news.from()) {
                        count(value, first);
                        value.filter(present -> first).ifPresent(open::write);
                    }
                });
            }
        }
    }

    private void count(Optional<V> value, boolean first) {
        if (value.isEmpty()) {
            job.progress().unreadable();
        } else if (!first) {
            job.progress().duplicate();
        }
    }
}
