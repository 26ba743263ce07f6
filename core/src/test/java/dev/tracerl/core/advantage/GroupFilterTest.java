package dev.tracerl.core.advantage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupFilterTest {

    private final GroupFilter filter = new GroupFilter(2, 0.2, 0.8, true);

    @Test
    void aGroupThatCanTeachIsKept() {
        assertThat(filter.tooFew(2, 4)).isEmpty();
        assertThat(filter.teachesNothing(new double[] {0, 1})).isEmpty();
    }

    @Test
    void tooFewRewardsAreSaidWithTheBound() {
        assertThat(filter.tooFew(1, 4)).contains("1 rewarded samples, at least 2 are needed");
        assertThat(filter.tooFew(1, 1)).isEmpty();
    }

    @Test
    void theMeanMustBeInTheBand() {
        assertThat(filter.teachesNothing(new double[] {0, 0, 0, 0, 0.5}))
                .contains("mean reward 0.100 is not in [0.200, 0.800]");
    }

    @Test
    void equalRewardsAreLeftOutIfWanted() {
        assertThat(filter.teachesNothing(new double[] {0.5, 0.5})).contains("all rewards are 0.500");
        assertThat(new GroupFilter(2, 0.2, 0.8, false).teachesNothing(new double[] {0.5, 0.5}))
                .isEmpty();
    }
}
