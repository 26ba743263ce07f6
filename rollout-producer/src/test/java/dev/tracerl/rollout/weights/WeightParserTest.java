package dev.tracerl.rollout.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.rollout.Specs;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightParserTest {

    private static final ModelConfig MODEL = Specs.model(64);
    private static final AdapterSettings SETTINGS = new AdapterSettings(2, 4, AdapterSettings.candidates(MODEL));

    private final Parameters base = Parameters.random(MODEL, 1);
    private final Map<Long, WeightManifest> history = new HashMap<>();
    private final FakeReader reader = new FakeReader();
    private final WeightParser parser =
            new WeightParser(reader, MODEL, version -> Optional.ofNullable(history.get(version)));

    @BeforeEach
    void publish() {
        history.put(0L, manifest(0, null));
        reader.answers.put(0L, () -> base.toSafetensors().toArray());
        for (long version = 1; version < 4; version++) {
            long seed = version;
            history.put(version, manifest(version, 0L));
            reader.answers.put(version, () -> adapters(seed).toSafetensors().toArray());
        }
    }

    private static Adapters adapters(long seed) {
        return Adapters.initial(MODEL, SETTINGS, seed);
    }

    private static WeightManifest manifest(long version, @Nullable Long baseVersion) {
        return WeightManifest.newBuilder()
                .setModelId("toy")
                .setVersion(version)
                .setKind(baseVersion == null ? WeightKind.FULL : WeightKind.ADAPTER)
                .setBaseVersion(baseVersion)
                .setSha256("")
                .setSize(0)
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setChunks(1)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    @Test
    void adaptersAreMergedIntoTheirBaseWhichIsFetchedOnce() {
        // When
        PolicyWeights first = parser.read(manifest(1, 0L));
        PolicyWeights second = parser.read(manifest(2, 0L));

        // Then
        assertThat(first.parameters().toSafetensors().toArray())
                .isEqualTo(adapters(1).mergeInto(base).toSafetensors().toArray());
        assertThat(second.version()).isEqualTo(2);
        assertThat(reader.asked).containsExactly(1L, 0L, 2L);
    }

    @Test
    void aBaseWhoseBytesAreGoneIsMissing() {
        // Given
        reader.answers.put(0L, () -> {
            throw new MissingWeightsException("weights toy@0: chunk 0 of 1 is not on the log");
        });

        // Then
        assertThatThrownBy(() -> parser.read(manifest(3, 0L)))
                .isInstanceOf(MissingWeightsException.class)
                .hasMessage("weights toy@3 needs its base: weights toy@0: chunk 0 of 1 is not on the log");
    }

    @Test
    void aBaseThatCannotBeUsedIsNamedWithTheReason() {
        refused(
                manifest(3, 9L),
                "weights toy@3: its base cannot be used: version 9 is not on the topic weights-history");
        refused(manifest(3, 2L), "weights toy@3: its base cannot be used: weights toy@2: it is not FULL but ADAPTER");
        WeightManifest orphan = manifest(3, 0L);
        orphan.setBaseVersion(null);
        refused(orphan, "it is an adapter and names no base");
        reader.answers.put(0L, () -> {
            throw new CorruptWeightsException("weights toy@0: sha256 differs");
        });
        refused(manifest(3, 0L), "weights toy@3: its base cannot be used: weights toy@0: sha256 differs");
    }

    @Test
    void adaptersThatCannotBeUsedAreRefusedWithTheReason() {
        reader.answers.put(1L, () -> base.toSafetensors().toArray());
        refused(manifest(1, 0L), "weights toy@1: the bytes are no adapters of this model: ");
        reader.answers.put(2L, () -> {
            throw new CorruptWeightsException("weights toy@2: sha256 differs");
        });
        refused(manifest(2, 0L), "weights toy@2: sha256 differs");
        reader.answers.put(3L, () -> {
            byte[] bytes = adapters(3).toSafetensors().toArray();
            bytes[bytes.length - 1] = 0x7f;
            bytes[bytes.length - 2] = (byte) 0xc0;
            return bytes;
        });
        refused(manifest(3, 0L), "holds values that are not finite");
    }

    private void refused(WeightManifest manifest, String reason) {
        assertThatThrownBy(() -> parser.read(manifest))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining(reason);
    }
}
