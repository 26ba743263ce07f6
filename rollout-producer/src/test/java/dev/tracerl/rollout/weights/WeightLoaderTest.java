package dev.tracerl.rollout.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.rollout.Specs;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightLoaderTest {

    private static final ModelConfig MODEL = Specs.model(64);
    private static final long LAST = 20;

    private final FakeReader reader = new FakeReader();
    private final FakeListener listener = new FakeListener();
    private final WeightLoader loader = new WeightLoader(
            reader, MODEL, version -> version > LAST ? Optional.empty() : Optional.of(manifest(version)), listener, 2);

    @AfterEach
    void close() {
        loader.close();
        assertThat(listener.failures).isEmpty();
    }

    private static WeightManifest manifest(long version) {
        return WeightManifest.newBuilder()
                .setModelId("toy")
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256("")
                .setSize(0)
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setChunks(1)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static byte[] bytes(long version) {
        return Parameters.random(MODEL, version).toSafetensors().toArray();
    }

    private void store(long version) {
        reader.answers.put(version, () -> bytes(version));
    }

    private void announceAndAwait(long version) {
        store(version);
        loader.announce(manifest(version));
        await().until(() -> listener.loaded.contains(version));
    }

    private PinnedWeights awaitPinned(long version) {
        return await().until(() -> loader.pinned(version), state -> !(state instanceof PinnedWeights.Loading));
    }

    @Test
    void anAnnouncedVersionBecomesTheNewest() {
        // When
        announceAndAwait(0);

        // Then
        assertThat(loader.newest().orElseThrow().version()).isZero();
        assertThat(loader.newest().orElseThrow().parameters().toSafetensors().toArray())
                .isEqualTo(bytes(0));
    }

    @Test
    void anOlderVersionIsTakenOnlyIfTheRunWasRolledBackToIt() {
        // Given
        announceAndAwait(3);
        loader.announce(manifest(1));
        WeightManifest again =
                WeightManifest.newBuilder(manifest(2)).setRolledBackFrom(3L).build();
        store(2);

        // When
        loader.announce(again);
        await().until(() -> listener.loaded.contains(2L));

        // Then
        assertThat(loader.newest().orElseThrow().version()).isEqualTo(2);
        assertThat(listener.loaded).doesNotContain(1L);
        assertThat(loader.highest()).isEqualTo(3);
    }

    static Stream<Arguments> broken() {
        byte[] notFinite = bytes(1);
        notFinite[notFinite.length - 1] = 0x7f;
        notFinite[notFinite.length - 2] = (byte) 0xc0;
        WeightManifest delta = manifest(1);
        delta.setKind(WeightKind.DELTA);
        WeightManifest bucket = manifest(1);
        bucket.setStore(StoreKind.S3);
        return Stream.of(
                Arguments.of(manifest(1), new byte[] {1, 2, 3}, "the bytes are no weights of this model"),
                Arguments.of(
                        manifest(1),
                        Arrays.copyOf(bytes(1), bytes(1).length - 4),
                        "the bytes are no weights of this model"),
                Arguments.of(manifest(1), notFinite, "holds values that are not finite"),
                Arguments.of(delta, bytes(1), "kind DELTA is not supported"),
                Arguments.of(bucket, bytes(1), "store S3 is not supported"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("broken")
    void aVersionThatCannotBeUsedIsRefusedAndTheOneBeforeStays(WeightManifest manifest, byte[] bytes, String reason) {
        // Given
        announceAndAwait(0);
        reader.answers.put(1L, () -> bytes);

        // When
        loader.announce(manifest);

        // Then
        await().until(() -> !listener.refused.isEmpty());
        assertThat(listener.refused.get(0).reason()).contains("toy@1").contains(reason);
        assertThat(loader.newest().orElseThrow().version()).isZero();
    }

    @Test
    void aRefusedVersionDoesNotStopTheNextOne() {
        // Given
        announceAndAwait(0);
        reader.answers.put(1L, () -> {
            throw new CorruptWeightsException("weights toy@1: sha256 differs");
        });
        loader.announce(manifest(1));
        await().until(() -> listener.refused.size() == 1);

        // When
        announceAndAwait(2);

        // Then
        assertThat(loader.newest().orElseThrow().version()).isEqualTo(2);
        assertThat(listener.refused).hasSize(1);
    }

    @Test
    void bytesThatBecomeVisibleAfterTheirManifestAreWaitedFor() {
        // Given
        AtomicInteger attempts = new AtomicInteger();
        reader.answers.put(0L, () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new MissingWeightsException("weights toy@0: chunk 0 of 1 is not on the log");
            }
            return bytes(0);
        });

        // When
        loader.announce(manifest(0));

        // Then
        await().until(() -> listener.loaded.contains(0L));
        assertThat(listener.refused).isEmpty();
    }

    @Test
    void aMissingVersionIsGivenUpWhenANewerOneIsAnnounced() {
        // Given
        reader.answers.put(0L, () -> {
            throw new MissingWeightsException("weights toy@0: chunk 0 of 1 is not on the log");
        });
        loader.announce(manifest(0));
        await().until(() -> reader.asked.contains(0L));

        // When
        announceAndAwait(1);

        // Then
        assertThat(loader.newest().orElseThrow().version()).isEqualTo(1);
        assertThat(listener.refused).isEmpty();
    }

    @Test
    void anOlderVersionIsIgnored() {
        // Given
        announceAndAwait(5);
        loader.announce(manifest(4));

        // When
        announceAndAwait(6);

        // Then
        assertThat(reader.asked).doesNotContain(4L);
    }

    @Test
    void aPinnedVersionIsFetchedWhileTheNewestStays() {
        // Given
        announceAndAwait(9);
        store(3);

        // When
        PinnedWeights pinned = awaitPinned(3);

        // Then
        assertThat(pinned)
                .isInstanceOfSatisfying(
                        PinnedWeights.Ready.class,
                        ready -> assertThat(ready.weights().version()).isEqualTo(3));
        assertThat(loader.newest().orElseThrow().version()).isEqualTo(9);
    }

    @Test
    void theNewestVersionServesAsPinnedWithoutFetchingItAgain() {
        // Given
        announceAndAwait(9);

        // When
        PinnedWeights pinned = loader.pinned(9);

        // Then
        assertThat(pinned).isInstanceOf(PinnedWeights.Ready.class);
        assertThat(reader.asked).containsExactly(9L);
    }

    @Test
    void aPinnedVersionThatIsCorruptIsRefusedWithTheReason() {
        // Given
        reader.answers.put(3L, () -> {
            throw new CorruptWeightsException("weights toy@3: sha256 differs");
        });

        // When
        PinnedWeights pinned = awaitPinned(3);

        // Then
        assertThat(pinned).isEqualTo(new PinnedWeights.Refused("weights toy@3: sha256 differs"));
    }

    @Test
    void aPinnedVersionThatFailsToLoadIsToldOnceAndFetchedAgain() {
        // Given
        reader.answers.put(3L, () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        // When
        PinnedWeights first = awaitPinned(3);
        store(3);

        // Then
        assertThat(first).isEqualTo(new PinnedWeights.Failed("java.lang.OutOfMemoryError: Java heap space"));
        assertThat(awaitPinned(3)).isInstanceOf(PinnedWeights.Ready.class);
    }

    @Test
    void aFailureThatTheListenerDoesNotTolerateEndsTheLoader() {
        // Given
        listener.tolerant = false;
        reader.answers.put(3L, () -> {
            throw new IllegalStateException("broker away");
        });

        // When
        loader.pinned(3);

        // Then
        await().until(() -> !listener.failures.isEmpty());
        listener.failures.clear();
    }

    @Test
    void thePinnedVersionUsedLongestAgoIsForgotten() {
        // Given
        Stream.of(1L, 2L, 3L).forEach(version -> {
            store(version);
            awaitPinned(version);
        });
        loader.pinned(2);

        // When
        awaitPinned(1);

        // Then
        assertThat(reader.asked).containsExactly(1L, 2L, 3L, 1L);
        assertThat(loader.pinned(2)).isInstanceOf(PinnedWeights.Ready.class);
    }
}
