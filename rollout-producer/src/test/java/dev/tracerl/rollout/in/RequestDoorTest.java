package dev.tracerl.rollout.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestDoorTest {

    private static final int MAX_POSITIONS = 16;

    private final RequestDoor door = new RequestDoor("toy", Specs.model(MAX_POSITIONS), RequestDoorTest::digits);

    private static Prompt digits(String text) {
        int[] tokens = text.chars().map(Character::getNumericValue).toArray();
        if (text.contains("x")) {
            throw new IllegalArgumentException("no token for x");
        }
        return new Prompt(text, tokens, new int[tokens.length]);
    }

    private RolloutGroup admit(RolloutRequest request) {
        return door.admit(request, null, new Refusals());
    }

    private static RolloutRequest.Builder request(String prompt) {
        return Specs.request("toy", Purpose.TRAINING, 4, prompt);
    }

    @Test
    void aRequestBecomesAGroupWithItsPromptAndSettings() {
        // When
        RolloutGroup group = admit(request("12").build());

        // Then
        assertThat(group.id()).isEqualTo("toy-t-000004");
        assertThat(group.prompt().tokens()).containsExactly(1, 2);
        assertThat(group.settings().maxTokens()).isEqualTo(12);
        assertThat(group.evaluation()).isFalse();
    }

    @Test
    void aPromptThatFillsThePositionsExactlyIsSampled() {
        // When
        RolloutGroup group = admit(request("1234").build());

        // Then
        assertThat(group.samples()).isEqualTo(3);
    }

    static Stream<Arguments> unfit() {
        SamplerSpec recompute = Specs.sampler(12);
        recompute.setCacheRule(CacheRule.RECOMPUTE);
        SamplerSpec nothing = Specs.sampler(0);
        return Stream.of(
                Arguments.of(request("12345").build(), "need 20 positions in whole blocks, but the model has 16"),
                Arguments.of(request("").build(), "the prompt has no tokens"),
                Arguments.of(request("1x").build(), "no token for x"),
                Arguments.of(request("12").setSamples(0).build(), "samples is 0, must be at least 1"),
                Arguments.of(request("12").setSequence(-1).build(), "sequence is -1"),
                Arguments.of(request("12").setRunId("other").build(), "the request belongs to run other"),
                Arguments.of(request("12").setSampler(recompute).build(), "cacheRule RECOMPUTE is not supported"),
                Arguments.of(request("12").setSampler(nothing).build(), "maxTokens is 0, must be at least 1"),
                Arguments.of(Specs.request("toy", Purpose.EVALUATION, 4, "12").build(), "needs a pinnedVersion"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unfit")
    void aRequestThatCannotBeSampledIsRefusedWithTheReason(RolloutRequest request, String reason) {
        assertThatThrownBy(() -> admit(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
