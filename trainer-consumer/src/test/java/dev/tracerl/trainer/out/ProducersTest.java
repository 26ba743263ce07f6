package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProducersTest {

    private static final long GIGABYTE = 1_000_000_000;

    @Test
    void aTransactionHasTimeForTheBytesThatGoToTheLogButNotMoreThanBrokersAllow() {
        assertThat(limit(StoreKind.KAFKA, 3_000_000)).isEqualTo(Duration.ofMinutes(1));
        assertThat(limit(StoreKind.KAFKA, 3 * GIGABYTE)).isEqualTo(Duration.ofSeconds(60 + 150));
        assertThat(limit(StoreKind.KAFKA, 28 * GIGABYTE)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void filesTakeNoTimeOfTheTransaction() {
        assertThat(limit(StoreKind.FILE, 28 * GIGABYTE)).isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration limit(StoreKind store, long bytes) {
        WeightPlan plan = WeightPlan.newBuilder().setStore(store).build();
        return Producers.limit(new LogSettings("run", "run-0", plan, bytes));
    }
}
