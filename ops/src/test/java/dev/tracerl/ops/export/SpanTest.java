package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SpanTest {

    private static final TopicPartition PARTITION = new TopicPartition("run.trajectories", 3);

    @Test
    void offsetsThatAreNearShareASpan() {
        assertThat(Span.around(PARTITION, List.of(7L, 8L, 40L, 500_000L)))
                .containsExactly(new Span(PARTITION, 7, 41), new Span(PARTITION, 500_000, 500_001));
    }

    @Test
    void withoutOffsetsThereIsNothingToRead() {
        assertThat(Span.around(PARTITION, List.of())).isEmpty();
    }
}
