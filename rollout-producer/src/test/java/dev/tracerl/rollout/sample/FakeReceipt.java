package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.Receipt;

/** Remembers what became of a request. */
final class FakeReceipt implements Receipt {

    boolean done;
    boolean revoked;
    String refusal = "";

    @Override
    public void done() {
        done = true;
    }

    @Override
    public void refuse(String reason) {
        refusal = reason;
    }

    @Override
    public boolean revoked() {
        return revoked;
    }
}
