package dev.tracerl.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OriginalPlaceTest {

    @Test
    void aRecordThatWasNeverMovedIsWhereItIs() {
        // Given
        ConsumerRecord<String, String> found = new ConsumerRecord<>("r.train-steps", 3, 17, "k", "v");

        // When
        OriginalPlace place = OriginalPlace.of(found);

        // Then
        assertThat(place).isEqualTo(new OriginalPlace(3, 17));
    }

    @Test
    void theFirstPlaceStaysThroughSeveralMoves() {
        // Given
        ConsumerRecord<String, String> moved = new ConsumerRecord<>("r.train-steps", 0, 2, "k", "v");

        // When
        new OriginalPlace(3, 17).nameIn(moved.headers());
        new OriginalPlace(0, 5).nameIn(moved.headers());

        // Then
        assertThat(OriginalPlace.of(moved)).isEqualTo(new OriginalPlace(3, 17));
        assertThat(moved.headers()).hasSize(1);
    }

    @Test
    void aDamagedHeaderIsRefused() {
        // Given
        ConsumerRecord<String, String> moved = new ConsumerRecord<>("r.train-steps", 0, 2, "k", "v");
        moved.headers().add(OriginalPlace.HEADER, "17".getBytes(UTF_8));

        // Then
        assertThatThrownBy(() -> OriginalPlace.of(moved))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header tracerl.offset is '17', but must be partition and offset, as in 0:1234");
    }
}
