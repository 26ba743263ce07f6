package dev.tracerl.trainer.run;

import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.train.Critic;
import dev.tracerl.trainer.train.Learner;

/** The current tensors as bytes, as few as are needed. */
interface TensorSupply {

    /** What is published. */
    WeightBytes parameters();

    /** What it takes to go on. */
    Tensors all();

    /** Of a run that is not trained. */
    static TensorSupply none() {
        return new TensorSupply() {
            @Override
            public WeightBytes parameters() {
                return Tensors.NONE.parameters();
            }

            @Override
            public Tensors all() {
                return Tensors.NONE;
            }
        };
    }

    /** Of a run in training. */
    static TensorSupply of(Learner learner, Critic critic) {
        return new TensorSupply() {
            @Override
            public WeightBytes parameters() {
                return learner.parameters();
            }

            @Override
            public Tensors all() {
                return learner.tensors().with(critic.tensors());
            }
        };
    }
}
