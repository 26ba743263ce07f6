package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TracePackerPropertyTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void targetsAreTheKeptTokensOnceEach(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        PackSettings settings = random.settings();
        TracedResponse response = random.response(settings.blockSize());

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        int first = response.prompt().length;
        assertThat(IntStream.of(packed.targets())
                        .map(row -> packed.positions()[row])
                        .sorted())
                .containsExactly(IntStream.range(first, first + response.keptTokens())
                        .boxed()
                        .toArray(Integer[]::new));
        for (int t = 0; t < packed.targets().length; t++) {
            int index = packed.positions()[packed.targets()[t]] - first;
            assertThat(packed.tokens()[packed.targets()[t]]).isEqualTo(RandomResponses.MASK);
            assertThat(packed.labels()[t]).isEqualTo(response.response()[index]);
            assertThat(packed.advantages()[t]).isEqualTo(response.advantages()[index]);
            assertThat(packed.oldLogProbs()[t]).isEqualTo(response.logProbs()[index]);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void targetsSeeWhatTheySeeInTheRowsOfThePublishedLayout(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        PackSettings settings = random.settings();
        TracedResponse response = random.response(settings.blockSize());

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        Map<Integer, Map<Long, Integer>> published = publishedContexts(ReferenceRows.absolute(response, settings));
        assertThat(published).hasSize(response.keptTokens());
        for (int row : packed.targets()) {
            assertThat(context(packed, row)).isEqualTo(published.get(packed.positions()[row]));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withFullAttentionTargetsAreScoredInThePublishedContextsToo(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        boolean shifted = seed % 2 == 1;
        PackSettings settings = random.settings().withLayout(shifted ? Layout.FULL_SHIFTED : Layout.FULL);
        TracedResponse response = random.prompted(settings.blockSize());

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        Map<Integer, Map<Long, Integer>> published = publishedContexts(ReferenceFullRows.of(
                shifted ? ReferenceFullRows.Family.DREAM : ReferenceFullRows.Family.LLADA,
                response.sequence(),
                response.prompt().length,
                response.stepMap(),
                new ReferenceLayout(1, settings.shrink(), settings.maskToken(), -1, 0)));
        int shift = shifted ? 1 : 0;
        assertThat(packed.targets()).hasSize(response.keptTokens());
        for (int t = 0; t < packed.targets().length; t++) {
            int row = packed.targets()[t];
            int position = packed.positions()[row] + shift;
            assertThat(packed.tokens()[row + shift]).isEqualTo(RandomResponses.MASK);
            assertThat(packed.labels()[t]).isEqualTo(response.sequence()[position]);
            assertThat(context(packed, row)).isEqualTo(published.get(position));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blocksOfTheResponseGiveThePublishedContexts(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        PackSettings settings = random.settings().withLayout(Layout.RESPONSE_BLOCKS);
        TracedResponse response = random.response(settings.blockSize());

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        Map<Integer, Map<Long, Integer>> published = publishedContexts(ReferenceRows.responseAligned(
                response.sequence(),
                response.prompt().length,
                response.stepMap(),
                new ReferenceLayout(settings.blockSize(), settings.shrink(), settings.maskToken(), -1, 0)));
        assertThat(packed.targets()).hasSize(response.keptTokens());
        for (int row : packed.targets()) {
            assertThat(context(packed, row)).isEqualTo(published.get(packed.positions()[row]));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cleanRowsSeeTheCleanTextUpToTheEndOfTheirBlock(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        PackSettings settings = random.settings();
        TracedResponse response = random.response(settings.blockSize());

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        int[] sequence = response.sequence();
        for (int row = 0; row < packed.cleanLength(); row++) {
            assertThat(packed.tokens()[row]).isEqualTo(sequence[row]);
            assertThat(packed.positions()[row]).isEqualTo(row);
            assertThat(packed.copy()[row]).isEqualTo(-1);
            assertThat(packed.clean()[row]).isEqualTo((row / settings.blockSize() + 1) * settings.blockSize());
        }
        assertThat(IntStream.range(packed.cleanLength(), packed.rows())).allMatch(row -> packed.copy()[row] >= 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anExampleCutBetweenItsCopiesHasTheSameTargetsInTheSameContexts(long seed) {
        // Given
        RandomResponses random = new RandomResponses(seed);
        PackSettings settings = random.settings().withLayout(seed % 2 == 1 ? Layout.FULL_SHIFTED : Layout.FULL);
        PackedExample whole = TracePacker.pack(random.prompted(settings.blockSize()), settings);

        // When
        List<PackedExample> parts = whole.split(40);

        // Then
        int t = 0;
        for (PackedExample part : parts) {
            assertThat(part.rows()).isLessThanOrEqualTo(Math.max(40, part.rows() / copies(part)));
            for (int p = 0; p < part.targets().length; p++, t++) {
                assertThat(context(part, part.targets()[p])).isEqualTo(context(whole, whole.targets()[t]));
                assertThat(part.positions()[part.targets()[p]]).isEqualTo(whole.positions()[whole.targets()[t]]);
                assertThat(part.labels()[p]).isEqualTo(whole.labels()[t]);
                assertThat(part.weights()[p]).isEqualTo(whole.weights()[t]);
                assertThat(part.oldLogProbs()[p]).isEqualTo(whole.oldLogProbs()[t]);
                assertThat(part.advantages()[p]).isEqualTo(whole.advantages()[t]);
            }
        }
        assertThat(t).isEqualTo(whole.targets().length);
    }

    private static int copies(PackedExample example) {
        return 1 + IntStream.of(example.copy()).max().orElseThrow();
    }

    /** By position of the target: how often it sees each (token, position). */
    private static Map<Integer, Map<Long, Integer>> publishedContexts(List<ReferenceRow> rows) {
        Map<Integer, Map<Long, Integer>> contexts = new HashMap<>();
        for (ReferenceRow row : rows) {
            for (int target = 0; target < row.targets().length; target++) {
                if (row.targets()[target]) {
                    boolean[] sees = row.attention()[row.scoringRow(target)];
                    Map<Long, Integer> context = new TreeMap<>();
                    IntStream.range(0, sees.length)
                            .filter(j -> sees[j])
                            .forEach(
                                    j -> context.merge(key(row.extendedIds()[j], row.positions()[j]), 1, Integer::sum));
                    assertThat(contexts.put(target, context)).isNull();
                }
            }
        }
        return contexts;
    }

    private static Map<Long, Integer> context(PackedExample packed, int row) {
        Map<Long, Integer> context = new TreeMap<>();
        IntStream.range(0, packed.rows())
                .filter(j -> packed.sees(row, j))
                .forEach(j -> context.merge(key(packed.tokens()[j], packed.positions()[j]), 1, Integer::sum));
        return context;
    }

    private static long key(int token, int position) {
        return 1000L * position + token;
    }
}
