package dev.tracerl.rollout.out;

import dev.tracerl.rollout.group.Receipt;

/** A receipt of nothing. */
final class ForgetfulReceipt implements Receipt {

    @Override
    public void done() {
        // nobody asks
    }

    @Override
    public void refuse(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public boolean revoked() {
        return false;
    }
}
