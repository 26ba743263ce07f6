package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainingSample;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final SampleLog LOG = SampleLog.load();

    @Test
    void everyKeptTokenHasTheAdvantageOfItsResponse() {
        TrainingSample sample = sample();

        double[] advantages = facts(sample).tokenAdvantages();

        assertThat(advantages).hasSize(sample.getKeptTokens()).containsOnly(sample.getAdvantage());
    }

    @Test
    void advantagesOfTokensReplaceThatOfTheResponse() {
        // Given
        TrainingSample sample = sample();
        float[] own = new float[Packed.ints(sample.getResponseTokens()).length];
        own[0] = 0.25f;
        own[1] = -0.5f;
        sample.setTokenAdvantages(Packed.floats(own));

        // When
        double[] advantages = facts(sample).tokenAdvantages();

        // Then
        assertThat(advantages).hasSize(sample.getKeptTokens()).startsWith(0.25, -0.5, 0);
    }

    @Test
    void whereTheTrainerMakesAdvantagesOfProcessRewardsNoneIsKnown() {
        TrainingSample sample = sample();
        sample.setTokenRewards(sample.getLogProbs());

        assertThat(facts(sample).tokenAdvantages()).isEmpty();
    }

    @Test
    void whatWasNotTrainedHasNone() {
        assertThat(facts(null).tokenAdvantages()).isEmpty();
    }

    private static TrainingSample sample() {
        return TrainingSample.newBuilder(LOG.groups().get(0).getSamples().get(0))
                .build();
    }

    private static Facts facts(TrainingSample trained) {
        GroupOutcome outcome = LOG.outcomes().get(0);
        return new Facts(outcome, outcome.getSamples().get(0), null, trained);
    }
}
