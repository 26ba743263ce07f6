package dev.tracerl.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record was when it was first written. A restored run has other offsets, and may have other partitions, but
 * records that name offsets, such as train-steps and dead letters, mean the original ones: every restored record
 * carries its first place in the header {@link #HEADER}, as in {@code 0:1234}.
 *
 * @param partition partition
 * @param offset offset
 */
public record OriginalPlace(int partition, long offset) {

    /** Header of restored records: partition and offset of the original. */
    public static final String HEADER = "tracerl.offset";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    /**
     * First place of a record that was read: that of its header, or where it is.
     *
     * @throws IllegalArgumentException if the header is damaged
     */
    public static OriginalPlace of(ConsumerRecord<?, ?> found) {
        Header header = found.headers().lastHeader(HEADER);
        return header == null ? new OriginalPlace(found.partition(), found.offset()) : of(header);
    }

    /**
     * The place that a header names.
     *
     * @throws IllegalArgumentException if the header is damaged
     */
    public static OriginalPlace of(Header header) {
        String text = new String(header.value(), UTF_8);
        Matcher place = FORM.matcher(text);
        if (!place.matches()) {
            throw new IllegalArgumentException(
                    "header %s is '%s', but must be partition and offset, as in 0:1234".formatted(header.key(), text));
        }
        return new OriginalPlace(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)));
    }

    /** Makes headers name this place, unless they name an earlier one already. */
    public void nameIn(Headers headers) {
        if (headers.lastHeader(HEADER) == null) {
            headers.add(HEADER, bytes());
        }
    }

    /** Value of a header that names this place. */
    public byte[] bytes() {
        return (partition + ":" + offset).getBytes(UTF_8);
    }
}
