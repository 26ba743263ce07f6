package dev.tracerl.trainer.learn;

import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.train.FixedPolicy;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelLearner;
import dev.tracerl.trainer.train.ValueLearner;
import java.util.function.Supplier;

/**
 * Where tensors come from.
 *
 * @param learners makes learners
 * @param values makes value learners, for runs with a value model
 * @param fixed makes policies that are not trained
 * @param initial reads what the run begins with
 * @param base reads version 0 back from the run's log, a safetensors file
 * @param device where they are
 */
public record TensorPorts(
        Learner.Factory learners,
        ValueLearner.Factory values,
        FixedPolicy.Factory fixed,
        Supplier<Beginning> initial,
        Supplier<WeightBytes> base,
        ModelLearner.Device device) {}
